package io.channelbox.conversation.moderation;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Report;
import java.util.List;
import java.util.Objects;

/**
 * A report, and what those who decide about it read.
 *
 * @param message the message as it is now; what it said when it was reported is in the report
 * @param before up to ten messages that were said before it and are not deleted, the oldest first
 */
public record ReportedMessage(Report report, ChatMessage message, List<ChatMessage> before) {

    /** Refuses missing parts and copies the messages. */
    public ReportedMessage {
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(message, "message");
        before = List.copyOf(before);
    }
}
