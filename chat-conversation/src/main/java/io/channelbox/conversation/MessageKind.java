package io.channelbox.conversation;

/** What a message is. */
public enum MessageKind {
    TEXT,
    /** Has a picture attached. */
    IMAGE,
    /** Has a file attached. */
    FILE,
    /** Said by the application, not by a person. */
    SYSTEM
}
