package io.channelbox.channel;

import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Content;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.MessageTypes;
import io.channelbox.codec.TextCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What events may be that reach consumers on other nodes: texts, bytes, maps, frames, and objects of classes that were registered. They
 * travel as JSON, under the name of their class, which is what makes them that class again.
 */
final class EventTypes {

    private static final String PREFIX = "event:";

    // No class is named like these.
    private final Format<byte[]> bytes = new Format<>(PREFIX + "[bytes]", BinaryCodec.PLAIN);
    private final Format<?> map = new Format<>(PREFIX + "[map]", JsonCodec.of(Map.class));

    private final Map<Class<?>, Format<?>> byClass = new HashMap<>();
    private final Map<String, Format<?>> byName = new HashMap<>();

    /** A codec that writes what another one does, under a name of its own. */
    private record Format<M>(String format, Codec<M> codec) implements Codec<M> {

        @Override
        public Frame encode(Object payload) {
            return codec.encode(payload);
        }

        @Override
        public M decode(Frame frame) {
            return codec.decode(frame);
        }
    }

    /** Registers classes; see {@link ChannelBox.Builder#eventTypes}. */
    EventTypes(Collection<Class<?>> classes) {
        byName.put(bytes.format(), bytes);
        byName.put(map.format(), map);
        classes.forEach(this::register);
    }

    private void register(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || type.isArray()) {
            throw new IllegalArgumentException("Of " + type.getName()
                    + " there are no objects to read. Register the classes of the events themselves.");
        }
        String name = PREFIX + MessageTypes.nameOf(type).orElse(type.getSimpleName());
        Format<?> format = new Format<>(name, JsonCodec.of(type));
        if (byClass.putIfAbsent(type, format) == null && byName.putIfAbsent(name, format) != null) {
            throw new IllegalArgumentException("Two events are named '" + name.substring(PREFIX.length()) + "', one is "
                    + type.getName() + ". Rename it, or give it another name: @TypeName(\"...\")");
        }
    }

    /**
     * Writes an event for the other nodes.
     *
     * @throws IllegalArgumentException when its class is not registered, or Jackson cannot write it
     */
    void write(Content event) {
        Object payload = event.payload();
        if (payload instanceof CharSequence) {
            event.in(TextCodec.PLAIN);
        } else if (!(payload instanceof Frame)) {
            event.in(formatOf(payload));
        }
    }

    private Format<?> formatOf(Object payload) {
        if (payload instanceof byte[]) {
            return bytes;
        }
        Format<?> known = byClass.get(payload.getClass());
        if (known != null) {
            return known;
        }
        if (payload instanceof Map) {
            return map;
        }
        String name = payload.getClass().getName();
        throw new IllegalArgumentException("Consumers on other nodes cannot be told a " + name
                + ". Register it at every box: ChannelBox.builder().eventTypes("
                + payload.getClass().getSimpleName()
                + ".class)");
    }

    /**
     * Reads an event that another node has written.
     *
     * @throws RuntimeException when it cannot be read
     */
    Object read(Content carried) {
        for (Payload written : carried.written()) {
            Format<?> format = byName.get(written.format());
            if (format != null) {
                return format.decode(written.frame());
            }
        }
        Payload first = carried.written().get(0);
        if (first.format().startsWith(PREFIX)) {
            throw new IllegalArgumentException("an event '" + first.format().substring(PREFIX.length())
                    + "' is not known here. Register its class at every box: ChannelBox.builder().eventTypes(...)");
        }
        return first.format().equals(TextCodec.PLAIN.format()) ? TextCodec.PLAIN.decode(first.frame()) : first.frame();
    }
}
