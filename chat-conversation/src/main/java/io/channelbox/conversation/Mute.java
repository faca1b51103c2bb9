package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * That somebody had no voice in a conversation when they went. It is kept for when they come back.
 *
 * @param until when it ends by itself; empty when somebody has to give them their voice
 */
public record Mute(ConversationId conversation, UserId user, Optional<Instant> until) {

    /** Refuses missing parts. */
    public Mute {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(until, "until");
    }
}
