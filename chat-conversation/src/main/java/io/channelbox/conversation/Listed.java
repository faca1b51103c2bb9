package io.channelbox.conversation;

/** Which of somebody's conversations. */
public enum Listed {
    /** Those that they have not archived for themselves. */
    CURRENT,
    /** Those that they have archived for themselves. */
    ARCHIVED,
    ALL
}
