package io.channelbox.conversation;

import io.channelbox.message.UserId;

/** Changes who is invited to conversations that are locked. */
public interface InvitationWriter extends InvitationReader {

    /** Returns an id that no invitation has had, larger than those of all to the conversations that are locked. */
    InvitationId newId();

    /** Adds an invitation, whose token has this hash. */
    void add(Invitation invitation, String tokenHash);

    /** Replaces what is kept of an invitation. */
    void update(Invitation invitation);

    /** Removes an invitation. Answers false when there was none. */
    boolean remove(InvitationId id);

    /** Lets somebody join by themselves. Answers false, and changes nothing, when they may. */
    boolean allow(AllowedUser allowed);

    /** Lets somebody join by themselves no more. Answers false when they could not. */
    boolean disallow(ConversationId conversation, UserId user);
}
