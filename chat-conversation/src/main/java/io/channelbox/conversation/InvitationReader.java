package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;

/** Looks at who is invited to conversations. */
public interface InvitationReader {

    /** Returns an invitation, if there is one of this id. */
    Optional<Invitation> find(InvitationId id);

    /** Returns the invitation whose token has this hash. */
    Optional<Invitation> withHash(String tokenHash);

    /** Returns the invitations to a conversation, whether they work or not, the newest first. */
    List<Invitation> of(ConversationId conversation);

    /** Tells whether somebody may join a conversation by themselves. */
    boolean isAllowed(ConversationId conversation, UserId user);

    /** Returns those who may join a conversation by themselves, who was allowed first first, behind this number. */
    List<AllowedUser> allowed(ConversationId conversation, long afterNumber, int limit);

    /** Returns the active conversations that somebody was allowed to join, the one with the larger id first, below this id. */
    List<Conversation> openTo(UserId user, Optional<ConversationId> before, int limit);
}
