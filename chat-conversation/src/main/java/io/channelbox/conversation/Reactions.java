package io.channelbox.conversation;

import java.util.Objects;

/**
 * How often people reacted to a message with the same emoji, and have not taken it back.
 *
 * @param mine whether who asked is one of them
 */
public record Reactions(String emoji, int count, boolean mine) {

    /** Refuses an emoji that is missing, and numbers below 1. */
    public Reactions {
        Objects.requireNonNull(emoji, "emoji");
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, was " + count);
        }
    }
}
