package io.channelbox.conversation;

/** Which message, of all conversations: a number that its store has given it, 1 or more. Within a conversation later messages have larger ones. */
public record ChatMessageId(long value) implements Comparable<ChatMessageId> {

    /** Refuses numbers below 1. */
    public ChatMessageId {
        if (value < 1) {
            throw new IllegalArgumentException("the id of a message must be at least 1, was " + value);
        }
    }

    @Override
    public int compareTo(ChatMessageId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
