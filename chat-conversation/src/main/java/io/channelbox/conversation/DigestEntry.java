package io.channelbox.conversation;

import java.util.List;
import java.util.Objects;

/**
 * What somebody has missed in one conversation.
 *
 * @param summary with how much they have not read, and how many mentions; without what those have said whom they have blocked
 * @param newest the newest few messages that they have not read, the oldest first
 */
public record DigestEntry(ConversationSummary summary, List<ChatMessage> newest) {

    /** Copies the messages. */
    public DigestEntry {
        Objects.requireNonNull(summary, "summary");
        newest = List.copyOf(newest);
    }
}
