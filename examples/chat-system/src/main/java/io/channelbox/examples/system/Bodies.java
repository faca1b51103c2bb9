package io.channelbox.examples.system;

import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests look like. Any part of one may be missing. */
final class Bodies {

    private Bodies() {}

    record NewConversation(
            @Nullable String conversationType,
            @Nullable String name,
            @Nullable String description,
            @Nullable List<String> participantIds) {}

    record NewMessage(
            @Nullable Long conversationId,
            @Nullable String content,
            @Nullable String messageType,
            @Nullable Long replyToId,
            @Nullable String clientId) {}

    record Edited(@Nullable String content) {}

    record Direct(
            @Nullable String recipientUserId, @Nullable String content) {}

    record Typing(@Nullable Long conversationId, @Nullable Boolean isTyping) {}

    record Presence(@Nullable String status, @Nullable String statusMessage) {}

    record Reaction(@Nullable String emoji) {}

    record Login(@Nullable String username, @Nullable String password) {}

    /** Returns what has to be there. */
    static <T> T require(String place, @Nullable T value) {
        if (value == null) {
            throw PeerException.invalid(List.of(new Problem(place, "Field required")));
        }
        return value;
    }
}
