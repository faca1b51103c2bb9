package io.channelbox.conversation;

/** What a participant may do. Every one may do what those after it may. */
public enum Role {
    /** One per group: may hand it on, and make admins. In a direct conversation both are members. */
    OWNER,
    /** Adds and removes members, changes the conversation, deletes what others said. */
    ADMIN,
    /** Reads and speaks. */
    MEMBER;

    /** Tells whether this role may do what the other one may. */
    public boolean isAtLeast(Role other) {
        return compareTo(other) <= 0;
    }

    /** Tells whether this role may do something to somebody of the other role: it is the higher one. */
    public boolean isAbove(Role other) {
        return compareTo(other) < 0;
    }
}
