package io.channelbox.auth;

/** What a user may want with a group. */
public enum Verb {
    /** Become a member: hear what is said from now on. */
    JOIN,
    /** Say something to the members. */
    PUBLISH,
    /** Read what was said. */
    READ,
    /** Learn who the members are, or how many. */
    PRESENCE,
    /** Come back, and read all that was said since a position. */
    RESUME,
    /** Tell the members that one is writing something. */
    TYPING
}
