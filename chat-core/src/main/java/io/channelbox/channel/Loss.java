package io.channelbox.channel;

import io.channelbox.message.StreamPosition;
import java.util.Objects;
import java.util.Optional;

/**
 * Kept messages that a member will not get.
 *
 * @param from the position after which they are missing
 * @param to the position up to which they are missing, from where the stream goes on; empty when nothing is known of the group
 * @param cause why
 */
public record Loss(StreamPosition from, Optional<StreamPosition> to, Cause cause) {

    /** Why messages are gone. */
    public enum Cause {
        /** The history has forgotten them. */
        TRIMMED,
        /** The history began anew, or was set back: the position says nothing any more. */
        EPOCH
    }

    /** Refuses missing parts. */
    public Loss {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(cause, "cause");
    }

    /** Returns what is lost between two positions of what is said live. */
    static Loss between(StreamPosition from, StreamPosition to) {
        return new Loss(from, Optional.of(to), from.epoch().equals(to.epoch()) ? Cause.TRIMMED : Cause.EPOCH);
    }

    /** Returns what is lost to one who was told everything up to a position that the store cannot go on from. */
    static Loss after(StreamPosition from, Optional<StreamPosition> top) {
        boolean trimmed = top.filter(from::isAtOrBefore).isPresent();
        return new Loss(from, top, trimmed ? Cause.TRIMMED : Cause.EPOCH);
    }
}
