package io.channelbox.conversation;

import io.channelbox.message.UserId;

/** Takes away for good. */
public interface UpkeepWriter extends UpkeepReader {

    /**
     * Takes a message away, with all that belongs to it. Answers false, and changes nothing, when others answer it or are in its thread. Whoever
     * has not read its number may still count it as unread: so {@link #readByAll} follows.
     */
    boolean remove(ChatMessage message);

    /** Notes that everybody in a conversation has read it up to this number: what is further stays. */
    void readByAll(ConversationId conversation, long upTo);

    /** Leaves out who said this message wherever it was forwarded to. */
    void forgetAuthorOf(ChatMessageId original);

    /**
     * Puts a name that says nothing in the place of somebody who has said nothing, reacted to nothing and is in no conversation, wherever else they
     * are named: in direct pairs, mentions, pins, invitations, reports and the audit log. What was reported of them is left out, and so is what they wrote to reports and
     * why they were moderated; blocks, bans and permissions to join end, and nobody knows when they were last seen.
     */
    void forget(UserId user, UserId nobody);
}
