package io.channelbox.consumer;

import io.channelbox.auth.PathTemplate;
import java.util.Objects;

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
}
