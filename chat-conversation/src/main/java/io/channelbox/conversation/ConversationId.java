package io.channelbox.conversation;

/** Which conversation: a number that its store has given it, 1 or more. */
public record ConversationId(long value) implements Comparable<ConversationId> {

    /** Refuses numbers below 1. */
    public ConversationId {
        if (value < 1) {
            throw new IllegalArgumentException("the id of a conversation must be at least 1, was " + value);
        }
    }

    @Override
    public int compareTo(ConversationId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
