package io.channelbox.consumer;

import io.channelbox.codec.Codec;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a consumer says of itself before any connection exists: how it reads and what it sends.
 *
 * @param consumer its class
 * @param codec how frames are read and written
 * @param sends the messages its peers are sent, as far as it names them: records, or sealed interfaces of them
 * @param topics the topics its peers can subscribe to
 */
public record ConsumerDescription(
        Class<?> consumer, Codec<?> codec, List<Class<?>> sends, List<TopicDescription> topics) {

    /** Refuses missing parts and copies the lists. */
    public ConsumerDescription {
        Objects.requireNonNull(consumer, "consumer");
        Objects.requireNonNull(codec, "codec");
        sends = List.copyOf(sends);
        topics = List.copyOf(topics);
    }

    /**
     * For transports: makes one consumer, which is thrown away, and asks it. So what is wrong with its messages or handlers is an
     * error where it is mounted, and not at the first connection.
     *
     * @throws IllegalStateException when something is; the text says what, where, and what to do
     */
    public static ConsumerDescription of(Supplier<? extends ChannelConsumer<?>> factory) {
        ChannelConsumer<?> trial = Objects.requireNonNull(factory.get(), "the factory returned null, not a consumer");
        try {
            return trial.describe();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(trial.getClass().getName() + ": " + e.getMessage(), e);
        }
    }

    ConsumerDescription sending(Set<Class<?>> types) {
        return new ConsumerDescription(consumer, codec, List.copyOf(types), topics);
    }

    ConsumerDescription with(List<TopicDescription> its) {
        return new ConsumerDescription(consumer, codec, sends, its);
    }
}
