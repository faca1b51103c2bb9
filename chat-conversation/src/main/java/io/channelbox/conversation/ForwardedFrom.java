package io.channelbox.conversation;

import java.util.Objects;

/**
 * Where a forwarded message was said first. In which conversation is not told: who is in it finds the message by its id.
 *
 * @param authorName what others saw when it was said
 */
public record ForwardedFrom(ChatMessageId message, String authorName) {

    /** Refuses missing parts. */
    public ForwardedFrom {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(authorName, "authorName");
    }
}
