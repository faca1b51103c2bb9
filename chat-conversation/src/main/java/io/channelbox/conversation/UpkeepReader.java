package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks for what jobs and operators ask, and users do not. */
public interface UpkeepReader {

    /** Returns all conversations, the one with the smaller id first, behind this one. */
    List<Conversation> conversations(Optional<ConversationId> after, int limit);

    /** Returns what was said in a conversation before this time, the oldest first; not what is deleted and stays because others answer it. */
    List<ChatMessage> oldest(ConversationId conversation, Instant before, int limit);

    /** Returns what somebody has said anywhere, deleted or not, the one with the smaller id first, behind this one. */
    List<ChatMessage> saidBy(UserId author, Optional<ChatMessageId> after, int limit);

    /** Returns the reactions of somebody, in their order, behind this one. */
    List<OwnReaction> reactionsBy(UserId user, Optional<OwnReaction> after, int limit);

    /** Returns what somebody has pinned anywhere, the message with the smaller id first, behind this one. */
    List<PinnedMessage> pinnedBy(UserId user, Optional<ChatMessageId> after, int limit);

    /** Returns the invitations that somebody has made, whether they work or not, the one with the smaller id first, behind this one. */
    List<Invitation> invitedBy(UserId user, Optional<InvitationId> after, int limit);

    /** Returns what somebody has reported, the earliest number first, behind this one. */
    List<Report> reportedBy(UserId user, OptionalLong after, int limit);

    /** Returns what was said on each day of UTC between these times, the first included, in this conversation or in all; days without anything are left out. */
    List<DayActivity> activity(Optional<ConversationId> conversation, Instant from, Instant until);

    /** Returns how many people said something between these times, the first included. */
    long authorsBetween(Instant from, Instant until);
}
