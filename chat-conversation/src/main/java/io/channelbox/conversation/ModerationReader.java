package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at what a {@link ConversationStore} keeps of moderation. Pages begin with the largest number, or the largest below another one. */
public interface ModerationReader {

    /** Returns the ban that was kept of somebody, ended or not. */
    Optional<Ban> ban(ConversationId conversation, UserId user);

    /** Returns the bans that are kept, ended or not. */
    List<Ban> bans(ConversationId conversation, OptionalLong before, int limit);

    /** Returns the mute that was kept of somebody who is gone, ended or not. */
    Optional<Mute> mute(ConversationId conversation, UserId user);

    /** Returns the time that was kept with {@link ModerationWriter#said}. */
    Optional<Instant> lastSaid(ConversationId conversation, UserId user);

    /** Returns a report, if there is one of this number. */
    Optional<Report> report(long number);

    /** Returns somebody's report of a message. */
    Optional<Report> report(ChatMessageId message, UserId by);

    /** Tells whether anybody has reported a message. */
    boolean isReported(ChatMessageId message);

    /** Returns the reports that are open. */
    List<Report> openReports(OptionalLong before, int limit);

    /** Returns the reports of a conversation that are open; about those below this role, or all. */
    List<Report> openReports(ConversationId conversation, Optional<Role> above, OptionalLong before, int limit);

    /** Returns what was done everywhere. */
    List<AuditEntry> audit(OptionalLong before, int limit);

    /** Returns what was done in a conversation. */
    List<AuditEntry> audit(ConversationId conversation, OptionalLong before, int limit);
}
