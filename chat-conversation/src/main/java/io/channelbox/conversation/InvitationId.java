package io.channelbox.conversation;

/** Which invitation: a number that its store has given it, 1 or more. It is no secret, and lets nobody in. */
public record InvitationId(long value) implements Comparable<InvitationId> {

    /** Refuses numbers below 1. */
    public InvitationId {
        if (value < 1) {
            throw new IllegalArgumentException("the id of an invitation must be at least 1, was " + value);
        }
    }

    @Override
    public int compareTo(InvitationId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
