package io.channelbox.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Describes what codecs read and write as JSON schemas (draft 7), made of maps, lists, texts, numbers and booleans. Whatever
 * is written fits the schema of what goes out, and whatever fits the schema of what comes in is read, if its texts are what
 * their formats and examples say, and no record and no validator refuses it.
 *
 * <p>A component that is an {@code Optional} or {@code @Nullable} may be left out, every other one is required. What is
 * written in a way of its own, by a serializer of the application say, is described as anything. {@code @JsonClassDescription}
 * and {@code @JsonPropertyDescription} describe records and their components.
 *
 * <p>Records and sealed interfaces inside a message are described once and referred to; see {@link #definitions()}. Used by
 * one thread.
 */
public final class JsonSchemas {

    /** Which way a message goes, and by what it is surrounded. */
    public enum Way {
        /** A peer sends it. */
        IN,
        /** A peer sends it in one of many topics, and says in which. */
        IN_TOPIC,
        /** A peer is sent it. */
        OUT,
        /** A peer is sent it in a topic. */
        OUT_TOPIC;

        boolean isIn() {
            return this == IN || this == IN_TOPIC;
        }
    }

    private final SchemaNames names;
    private final Map<String, ObjectMapper> mappers = new HashMap<>();

    /** Describes with references that begin like this, such as {@code #/definitions/}. */
    public JsonSchemas(String referencePrefix) {
        this.names = new SchemaNames(referencePrefix);
    }

    /** Describes a frame with an object of this class, most often a message of a protocol. */
    public Map<String, Object> ofMessage(TypedJsonCodec<?> codec, Class<?> type, Way way) {
        JsonStyle style = codec.style();
        boolean closed = way.isIn() && style.refusesUnknown();
        ObjectMapper mapper = mappers.computeIfAbsent(codec.format(), format -> JsonMapping.styled(style, format));
        String dialect = style.discriminator() + ":" + style.naming() + (closed ? ":closed" : "");
        var types = new TypeSchemas(mapper, dialect, style.discriminator(), closed, names);
        return new MessageSchema(types, style, way).of(mapper.constructType(type));
    }

    /** Describes an object of this class as plain JSON, with nothing around it. */
    public Map<String, Object> ofValue(JsonCodec<?> codec, Class<?> type) {
        return plain(codec).of(codec.mapper().constructType(type));
    }

    /** Describes what the codec reads. */
    public Map<String, Object> ofRead(JsonCodec<?> codec) {
        return plain(codec).of(codec.type());
    }

    private TypeSchemas plain(JsonCodec<?> codec) {
        String discriminator = JsonStyle.DEFAULT.discriminator();
        String dialect = codec.format().equals(JsonCodec.FORMAT)
                ? discriminator + ":" + JsonStyle.DEFAULT.naming()
                : codec.format();
        return new TypeSchemas(codec.mapper(), dialect, discriminator, false, names);
    }

    /** Returns everything that was referred to so far, by what comes after the prefix of its references. */
    public Map<String, Object> definitions() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(names.definitions()));
    }
}
