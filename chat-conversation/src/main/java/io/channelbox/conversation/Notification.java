package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Objects;

/** What somebody who is away is to be told: of this message, in this conversation, as both are now. */
public record Notification(UserId user, Reason reason, Conversation conversation, ChatMessage message) {

    /** Why they are told. */
    public enum Reason {
        /** It was said in a conversation that they are in. */
        MESSAGE,
        /** It mentions them, by name or with everybody else. */
        MENTION
    }

    /** Refuses missing parts. */
    public Notification {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(message, "message");
    }
}
