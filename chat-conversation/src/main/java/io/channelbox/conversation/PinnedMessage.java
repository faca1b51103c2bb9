package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;

/** A message that is kept at hand in its conversation, who has pinned it, and when. */
public record PinnedMessage(ChatMessage message, UserId by, Instant at) {

    /** Refuses missing parts. */
    public PinnedMessage {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
    }
}
