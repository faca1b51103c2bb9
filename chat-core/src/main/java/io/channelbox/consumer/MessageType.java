package io.channelbox.consumer;

import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.Codec;
import io.channelbox.codec.FrameCodec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.MessageTypes;
import io.channelbox.codec.TextCodec;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Finds what a consumer class says for {@code M}, and the codec that reads it. */
final class MessageType {

    // Immutable codecs by consumer class: what they are made from cannot change, and no box can tell them apart.
    private static final ClassValue<Codec<?>> CODECS = new ClassValue<>() {
        @Override
        protected Codec<?> computeValue(Class<?> consumer) {
            return codecFor(of(consumer, ChannelConsumer.class));
        }
    };

    private MessageType() {}

    @SuppressWarnings("unchecked") // the class itself says that M is what this codec reads
    static <M> Codec<M> codecFor(ChannelConsumer<M> consumer) {
        return (Codec<M>) CODECS.get(consumer.getClass());
    }

    /** Finds what a topic class says for {@code M}. */
    @SuppressWarnings("unchecked") // the class itself says so
    static <M> Class<M> ofTopic(Topic<M> topic) {
        if (of(topic.getClass(), Topic.class) instanceof Class<?> type) {
            return (Class<M>) type;
        }
        throw new IllegalStateException(
                topic.getClass().getName() + " must name a class: write 'extends Topic<MyMessage>'");
    }

    private static Codec<?> codecFor(Type message) {

        if (message.equals(String.class)) {
            return TextCodec.PLAIN;
        }
        if (message.equals(byte[].class)) {
            return BinaryCodec.PLAIN;
        }
        if (message.equals(Frame.class)) {
            return FrameCodec.INSTANCE;
        }
        if (message instanceof Class<?> type
                && (type.isSealed() || MessageTypes.nameOf(type).isPresent())) {
            return TypedJsonCodec.of(type, JsonStyle.DEFAULT);
        }
        return JsonCodec.ofType(message);
    }

    private static Type of(Class<?> consumer, Class<?> top) {
        Map<TypeVariable<?>, Type> known = new HashMap<>();
        for (Class<?> type = consumer; type != top; type = type.getSuperclass()) {
            if (type.getGenericSuperclass() instanceof ParameterizedType parameterized) {
                TypeVariable<?>[] variables = type.getSuperclass().getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    Type argument = parameterized.getActualTypeArguments()[i];
                    known.put(variables[i], known.getOrDefault(argument, argument));
                }
            }
        }
        Type message = known.get(top.getTypeParameters()[0]);
        if (message == null || isOpen(message)) {
            throw new IllegalStateException(consumer.getName()
                    + " does not say what its messages are. Write 'extends " + top.getSimpleName() + "<MyMessage>'"
                    + (top == ChannelConsumer.class ? ", or override codec()." : "."));
        }
        return message;
    }

    /** Tells whether a type has a variable in it that nobody has filled in, as in {@code List<T>}. */
    private static boolean isOpen(Type type) {
        return type instanceof TypeVariable
                || (type instanceof ParameterizedType generic
                        && Arrays.stream(generic.getActualTypeArguments()).anyMatch(MessageType::isOpen));
    }
}
