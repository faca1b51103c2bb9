package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at what a {@link ConversationStore} keeps. Of a conversation that there is not it finds nothing, and nobody. Not to be used when the
 * work it was given to has returned.
 */
public interface ConversationReader extends SearchReader {

    /** Returns a conversation, if there is one of this id. */
    Optional<Conversation> conversation(ConversationId id);

    /** Returns the one direct conversation of two people, if they have begun it. */
    Optional<Conversation> direct(DirectPair pair);

    /** Returns somebody's place in a conversation, if they are in it. */
    Optional<Participant> participant(ConversationId conversation, UserId user);

    /** Returns those in a conversation, who came first first, behind this number. */
    List<Participant> participants(ConversationId conversation, long afterNumber, int limit);

    /** Returns those in a conversation who are called exactly so, who came first first. */
    List<Participant> participantsNamed(ConversationId conversation, String name, int limit);

    /** Returns how many are in a conversation. */
    int participantCount(ConversationId conversation);

    /** Returns the conversations that somebody is in, in the order of {@link ListPosition}, behind this one. */
    List<ConversationSummary> conversationsOf(UserId user, Optional<ListPosition> after, int limit);

    /**
     * Returns public groups that are active, and that this user is not banned from at this time; the one with the larger id first, below this id; of one
     * category, or of all.
     */
    List<Conversation> publicGroups(
            UserId seenBy, Instant now, Optional<String> category, Optional<ConversationId> before, int limit);

    /** Returns how many messages behind this number are not deleted. */
    long countAfter(ConversationId conversation, long sequence);

    /** Returns how many messages behind this number some authors have said that are not deleted, and how many of those mention the reader. */
    UnreadCount countAfter(ConversationId conversation, long sequence, Collection<UserId> authors, UserId reader);

    /** Returns when these were last seen; nothing of who never was. */
    Map<UserId, Instant> lastSeen(Collection<UserId> users);

    /** Returns a message, deleted or not, if there is one of this id. */
    Optional<ChatMessage> message(ChatMessageId id);

    /** Returns what somebody's client has said under this name. */
    Optional<ChatMessage> saidAs(ConversationId conversation, UserId author, String clientId);

    /** Returns the newest messages with smaller ids than this one, or of all; deleted ones are left out, and the newest comes first. */
    List<ChatMessage> messages(ConversationId conversation, Optional<ChatMessageId> before, int limit);

    /** Returns the messages of a thread behind its first one, with larger ids than this, the oldest first; deleted ones are left out. */
    List<ChatMessage> thread(ChatMessageId first, ChatMessageId after, int limit);

    /**
     * Returns the reactions to these messages, as this user sees them: of those that were not taken back, the emoji that came first first.
     * Nothing of messages that have none.
     */
    Map<ChatMessageId, List<Reactions>> reactions(Collection<ChatMessageId> messages, UserId seenBy);

    /** Tells whether one has blocked the other. */
    boolean hasBlocked(UserId user, UserId other);

    /** Returns what looks at what is pinned. */
    PinReader pins();

    /** Returns what looks at what people have set for themselves. */
    SettingsReader settings();

    /** Returns what looks at who is invited. */
    InvitationReader invitations();

    /** Returns whom somebody has blocked, in the order of their ids. */
    List<UserId> blockedBy(UserId user);

    /** Returns what looks at moderation. */
    ModerationReader moderation();

    /** Returns what jobs and operators look for. */
    UpkeepReader upkeep();
}
