package io.channelbox.conversation;

/** What sort of conversation it is. */
public enum ConversationKind {
    /** Between two people, who have one only. Nobody else can be added. */
    DIRECT,
    /** Of any number of people, with roles. */
    GROUP
}
