package io.channelbox.conversation.realtime;

import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Report;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is told to those who moderate. */
public sealed interface ModerationWord {

    /** Something was done by somebody who moderates; it may be about this user, or this message. */
    @TypeName("audited")
    record Audited(
            long id,
            long conversationId,
            String byId,
            String action,
            Optional<String> userId,
            Optional<Long> messageId,
            String reason,
            Optional<Instant> until,
            Optional<Long> slowModeMillis,
            Instant timestamp)
            implements ModerationWord {

        static Audited of(AuditEntry entry) {
            return new Audited(
                    entry.number(),
                    entry.conversation().value(),
                    entry.by().value(),
                    Words.of(entry.action()),
                    entry.user().map(UserId::value),
                    entry.message().map(ChatMessageId::value),
                    entry.reason(),
                    entry.until(),
                    entry.slowMode().map(Duration::toMillis),
                    entry.at());
        }
    }

    /** More happened than could be kept until it could be told, see {@link LiveConversations}: read the reports and the audit again. */
    @TypeName("missed")
    record Missed() implements ModerationWord {}

    /** A message was reported, or somebody has decided about a report: its state tells. */
    @TypeName("report")
    record Reported(
            long id,
            long conversationId,
            long messageId,
            String authorId,
            String content,
            String byId,
            String reason,
            String text,
            String state,
            Optional<String> settledById,
            Instant timestamp)
            implements ModerationWord {

        static Reported of(Report report) {
            return new Reported(
                    report.number(),
                    report.conversation().value(),
                    report.message().value(),
                    report.author().value(),
                    report.content(),
                    report.by().value(),
                    report.reason(),
                    report.text(),
                    Words.of(report.state()),
                    report.settledBy().map(UserId::value),
                    report.settledAt().orElse(report.at()));
        }
    }
}
