package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.HashSet;
import java.util.Set;

/**
 * Whom a message mentions.
 *
 * @param users those it names, of those in the conversation, without its author
 * @param everyone whether it means everybody in the conversation
 */
public record Mentions(Set<UserId> users, boolean everyone) {

    /** Nobody. */
    public static final Mentions NONE = new Mentions(Set.of(), false);

    /** Copies the users. */
    public Mentions {
        users = Set.copyOf(users);
    }

    /** Tells whether it mentions nobody. */
    public boolean isEmpty() {
        return users.isEmpty() && !everyone;
    }

    /** Tells whether it mentions somebody, by name or with everybody else. */
    public boolean includes(UserId user) {
        return everyone || users.contains(user);
    }

    /** Returns those who are not mentioned by an earlier one. */
    Mentions without(Mentions earlier) {
        if (earlier.everyone) {
            return NONE;
        }
        var added = new HashSet<>(users);
        added.removeAll(earlier.users);
        return new Mentions(added, everyone);
    }
}
