package io.channelbox.consumer;

import io.channelbox.auth.PathTemplate;
import io.channelbox.auth.Subprotocols;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What is mounted on a path, before any connection exists.
 *
 * @param path where
 * @param options what holds for its connections
 * @param consumer what its consumer says of itself
 */
public record EndpointDescription(PathTemplate path, ConsumerOptions options, ConsumerDescription consumer) {

    /** Refuses missing parts. */
    public EndpointDescription {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(consumer, "consumer");
    }

    /**
     * Returns the description of a consumer on a path, with the options that hold unless others are said.
     *
     * @throws IllegalStateException when something is wrong with the consumer's messages or handlers
     */
    public static EndpointDescription of(String path, Supplier<? extends ChannelConsumer<?>> factory) {
        return new EndpointDescription(
                new PathTemplate(path), ConsumerOptions.DEFAULT, ConsumerDescription.of(factory));
    }

    /** Returns what is spoken here by an application that speaks these: where messages are written as JSON, the library's own too. */
    public Subprotocols speaking(Subprotocols own) {
        return consumer.codec().writesJson() ? own.andChannelBoxV1() : own;
    }
}
