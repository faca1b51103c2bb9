package io.channelbox.message;

import java.util.Objects;

/**
 * Where a kept message stands in its group. Offsets of one epoch begin at 1 and have no holes; another epoch means that
 * the store began anew, and offsets of different epochs say nothing about each other.
 */
public record StreamPosition(String epoch, long offset) {

    /** Refuses an offset below 0; 0 is the position before the first message. */
    public StreamPosition {
        Objects.requireNonNull(epoch, "epoch");
        if (offset < 0) {
            throw new IllegalArgumentException("an offset must not be negative, was " + offset);
        }
    }

    /** Tells whether this position is of the same epoch as the other and not behind it. */
    public boolean isAtOrBefore(StreamPosition other) {
        return epoch.equals(other.epoch) && offset <= other.offset;
    }
}
