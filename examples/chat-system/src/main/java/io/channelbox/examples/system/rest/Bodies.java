package io.channelbox.examples.system.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests look like. Any part of one may be missing. */
final class Bodies {

    private Bodies() {}

    record NewConversation(
            @Nullable String conversationType,
            @Nullable String name,
            @Nullable String description,
            @Nullable List<String> participantIds,
            @Nullable String visibility,
            @Nullable String category) {}

    /** What is left out stays as it is; an empty text is none. */
    record Details(
            @Nullable String name,
            @Nullable String description,
            @Nullable String avatarUrl,
            @Nullable String visibility,
            @Nullable String category) {}

    record NewMessage(
            @Nullable Long conversationId,
            @Nullable String content,
            @Nullable String messageType,
            @Nullable Long replyToId,
            @Nullable String clientId,
            @Nullable List<String> attachments) {}

    record Edited(@Nullable String content) {}

    record Read(@Nullable Long messageId) {}

    record Direct(
            @Nullable String recipientUserId,
            @Nullable String content,
            @Nullable String clientId) {}

    record Typing(@Nullable Long conversationId, @Nullable Boolean isTyping) {}

    record Presence(@Nullable String status, @Nullable String statusMessage) {}

    record Reaction(@Nullable String emoji) {}

    record Somebody(@Nullable String userId) {}

    record Place(@Nullable String role, @Nullable Boolean isMuted) {}

    record Forwarded(
            @Nullable Long conversationId, @Nullable String clientId) {}

    record Reported(@Nullable String reason, @Nullable String text) {}

    /** What is left out stays as it is; muted without an end is so until it is taken back. */
    record Settings(
            @Nullable Boolean muted,
            @Nullable Instant mutedUntil,
            @Nullable Boolean archived) {}

    record NewInvitation(@Nullable Instant endsAt, @Nullable Integer uses) {}

    record Accepted(@Nullable String token) {}

    record Voice(
            @Nullable Boolean muted,
            @Nullable Long seconds,
            @Nullable String reason) {}

    record Banned(@Nullable Long seconds, @Nullable String reason) {}

    record Reason(@Nullable String reason) {}

    /** What is left out stays as it is. */
    record Limits(
            @Nullable Long slowModeSeconds,
            @Nullable Boolean frozen,
            @Nullable String reason) {}

    record Login(@Nullable String username, @Nullable String password) {}
}
