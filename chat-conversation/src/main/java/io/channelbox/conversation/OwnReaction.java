package io.channelbox.conversation;

import java.util.Comparator;
import java.util.Objects;

/** A reaction that a user made; in the order of their messages. */
public record OwnReaction(ChatMessageId message, String emoji) implements Comparable<OwnReaction> {

    private static final Comparator<OwnReaction> ORDER =
            Comparator.comparing(OwnReaction::message).thenComparing(OwnReaction::emoji);

    /** Refuses missing parts. */
    public OwnReaction {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(emoji, "emoji");
    }

    @Override
    public int compareTo(OwnReaction other) {
        return ORDER.compare(this, other);
    }
}
