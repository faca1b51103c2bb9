package io.channelbox.channel;

import java.util.Objects;

/**
 * Names something that an application keeps on a channel, with its type. Two keys are the same when name and type are.
 *
 * @param <T> the type of the value
 */
public record AttributeKey<T>(String name, Class<T> type) {

    /** Refuses missing parts. */
    public AttributeKey {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** Returns a key. */
    public static <T> AttributeKey<T> of(String name, Class<T> type) {
        return new AttributeKey<>(name, type);
    }
}
