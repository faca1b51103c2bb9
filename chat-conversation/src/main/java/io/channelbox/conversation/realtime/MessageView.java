package io.channelbox.conversation.realtime;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A message as clients see it. */
public record MessageView(
        long id,
        long sequence,
        String userId,
        long conversationId,
        String username,
        Optional<String> userAvatar,
        String content,
        String messageType,
        List<Attachment> attachments,
        Optional<Long> replyToId,
        Optional<Long> threadId,
        boolean isEdited,
        boolean isDeleted,
        Instant createdAt,
        Optional<Instant> editedAt,
        Optional<String> clientId,
        List<String> mentions,
        boolean mentionsEveryone,
        Optional<Forwarded> forwardedFrom) {

    /** What a forwarded message repeats. */
    public record Forwarded(long messageId, String username) {}

    /** Copies the lists. */
    public MessageView {
        attachments = List.copyOf(attachments);
        mentions = List.copyOf(mentions);
    }

    /** Returns what clients see of a message. */
    public static MessageView of(ChatMessage message) {
        return new MessageView(
                message.id().value(),
                message.sequence(),
                message.author().value(),
                message.conversation().value(),
                message.authorName(),
                message.authorAvatar(),
                message.content(),
                Words.of(message.kind()),
                message.attachments(),
                message.replyTo().map(ChatMessageId::value),
                message.thread().map(ChatMessageId::value),
                message.editedAt().isPresent(),
                message.isDeleted(),
                message.createdAt(),
                message.editedAt(),
                message.clientId(),
                message.mentions().users().stream().map(UserId::value).sorted().toList(),
                message.mentions().everyone(),
                message.forwardedFrom()
                        .map(original -> new Forwarded(original.message().value(), original.authorName())));
    }
}
