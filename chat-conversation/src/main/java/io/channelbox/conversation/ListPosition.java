package io.channelbox.conversation;

import java.time.Instant;
import java.util.Objects;

/** A place in a list of conversations, the one with the latest message first, and of two at the same moment the one with the larger id. */
public record ListPosition(Instant lastMessageAt, ConversationId id) implements Comparable<ListPosition> {

    /** Refuses missing parts. */
    public ListPosition {
        Objects.requireNonNull(lastMessageAt, "lastMessageAt");
        Objects.requireNonNull(id, "id");
    }

    @Override
    public int compareTo(ListPosition other) {
        int later = other.lastMessageAt.compareTo(lastMessageAt);
        return later != 0 ? later : other.id.compareTo(id);
    }
}
