package io.channelbox.conversation;

/** Who finds a group conversation and may join it unasked. */
public enum Visibility {
    /** Nobody: its owner and admins add people. Nobody else learns that it exists. */
    PRIVATE,
    /** Everybody. */
    PUBLIC
}
