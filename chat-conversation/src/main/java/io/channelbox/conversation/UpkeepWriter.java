package io.channelbox.conversation;

import io.channelbox.message.UserId;

/** Takes away for good. */
public interface UpkeepWriter {

    /**
     * Takes a message away, with all that belongs to it. Answers false, and changes nothing, when others answer it or are in its thread. Whoever
     * has not read its number may still count it as unread: so {@link #readByAll} follows.
     */
    boolean remove(ChatMessage message);

    /** Notes that everybody in a conversation has read it up to this number: what is further stays. */
    void readByAll(ConversationId conversation, long upTo);

    /**
     * Puts a name that says nothing in the place of somebody who has said nothing, reacted to nothing and is in no conversation: as the
     * one who began a conversation, and in the pair of a direct one. Blocks by them and against them end.
     */
    void forget(UserId user, UserId nobody);
}
