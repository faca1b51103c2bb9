package io.channelbox.message;

import java.util.Objects;
import java.util.UUID;

/** The id of one live connection. It cannot be guessed and is never used again. */
public record ChannelId(UUID value) {

    /** Refuses a missing value. */
    public ChannelId {
        Objects.requireNonNull(value, "value");
    }

    /** Returns a new id from a cryptographically strong source. */
    public static ChannelId random() {
        return new ChannelId(UUID.randomUUID());
    }

    /**
     * Returns the id that {@link #toString()} printed.
     *
     * @throws IllegalArgumentException when the text is not an id
     */
    public static ChannelId of(String text) {
        return new ChannelId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
