package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Optional;

/** Changes what a {@link ConversationStore} keeps, and sees what it has changed. What cannot be kept, and what replaces something that there is not, is refused with a {@link io.channelbox.message.StoreException}. Not to be used when the work it was given to has returned. */
public interface ConversationWriter extends ConversationReader {

    /**
     * Returns a conversation that nobody else writes to until the work has ended. Whoever changes one, those in it or what is said in it
     * calls this first.
     */
    Optional<Conversation> lock(ConversationId id);

    /** Returns an id that no conversation has had. */
    ConversationId newConversationId();

    /** Returns an id that is larger than those of all messages in the conversations that are locked. */
    ChatMessageId newMessageId();

    /** Returns a number that is larger than those of all in the conversations that are locked. */
    long newParticipantNumber();

    /** Adds a conversation. Answers false, and adds none, when it is the direct one of a pair that has one. */
    boolean add(Conversation conversation, Optional<DirectPair> pair);

    /** Replaces what is kept of a conversation. */
    void update(Conversation conversation);

    /** Adds somebody. Answers false, and changes nothing, when they are in it. */
    boolean add(Participant participant);

    /** Replaces what is kept of somebody's place. */
    void update(Participant participant);

    /** Takes somebody out. What they said stays; what they have set for themselves does not. */
    void remove(ConversationId conversation, UserId user);

    /** Adds a message. Its number and id are the largest of the conversation. */
    void add(ChatMessage message);

    /** Replaces what is kept of a message. */
    void update(ChatMessage message);

    /** Returns what changes what is pinned. */
    @Override
    PinWriter pins();

    /** Returns what changes what people have set for themselves. */
    @Override
    SettingsWriter settings();

    /** Returns what changes who is invited. */
    @Override
    InvitationWriter invitations();

    /** Adds a reaction. Answers false when it was there. */
    boolean react(ChatMessageId message, UserId user, String emoji);

    /** Takes a reaction back. Answers false when there was none. */
    boolean unreact(ChatMessageId message, UserId user, String emoji);

    /** Keeps that somebody wants to hear no more from another. Answers false when it was kept. */
    boolean block(UserId user, UserId other);

    /** Ends a block. Answers false when there was none. */
    boolean unblock(UserId user, UserId other);

    /** Keeps that somebody was seen then, unless they were seen later. */
    void seen(UserId user, Instant at);

    /** Returns what changes moderation. */
    @Override
    ModerationWriter moderation();

    /** Returns what jobs and operators look for, and take away. */
    @Override
    UpkeepWriter upkeep();
}
