package io.channelbox.conversation;

import io.channelbox.message.UserId;

/** Two people, in whichever order they are named: the key of their one direct conversation. */
public record DirectPair(UserId first, UserId second) {

    /** Refuses twice the same, and puts them in order. */
    public DirectPair {
        if (first.equals(second)) {
            throw new IllegalArgumentException("a pair must be two people, was twice " + first);
        }
        if (first.compareTo(second) > 0) {
            UserId larger = first;
            first = second;
            second = larger;
        }
    }

    /** Returns the pair with somebody else in the place of one. */
    DirectPair with(UserId earlier, UserId other) {
        return first.equals(earlier) ? new DirectPair(other, second) : new DirectPair(first, other);
    }
}
