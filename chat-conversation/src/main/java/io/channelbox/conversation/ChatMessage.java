package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message, as it is kept.
 *
 * @param sequence its number in the conversation: 1 for the first, and then one more for each
 * @param authorName what others saw when it was said
 * @param content what was said; empty when it was deleted
 * @param replyTo which message of the same conversation it answers
 * @param thread the first message of the thread that it belongs to, which is that of the answered one, or the answered one itself
 * @param editedAt when it was last changed
 * @param deletedAt when it was deleted; its place stays
 * @param clientId what its author's client calls it; the same one is said once only
 * @param mentions whom it mentions; nobody when it was deleted
 * @param forwardedFrom what it repeats, if it was forwarded
 */
public record ChatMessage(
        ChatMessageId id,
        ConversationId conversation,
        long sequence,
        UserId author,
        String authorName,
        Optional<String> authorAvatar,
        MessageKind kind,
        String content,
        List<Attachment> attachments,
        Optional<ChatMessageId> replyTo,
        Optional<ChatMessageId> thread,
        Instant createdAt,
        Optional<Instant> editedAt,
        Optional<Instant> deletedAt,
        Optional<String> clientId,
        Mentions mentions,
        Optional<ForwardedFrom> forwardedFrom) {

    /** Refuses missing parts and copies the attachments. */
    public ChatMessage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(authorName, "authorName");
        Objects.requireNonNull(authorAvatar, "authorAvatar");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(content, "content");
        attachments = List.copyOf(attachments);
        Objects.requireNonNull(replyTo, "replyTo");
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(editedAt, "editedAt");
        Objects.requireNonNull(deletedAt, "deletedAt");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(mentions, "mentions");
        Objects.requireNonNull(forwardedFrom, "forwardedFrom");
    }

    /** Tells whether it was deleted. */
    public boolean isDeleted() {
        return deletedAt.isPresent();
    }

    ChatMessage edited(String text, Mentions mentioned, Instant now) {
        return new ChatMessage(
                id,
                conversation,
                sequence,
                author,
                authorName,
                authorAvatar,
                kind,
                text,
                attachments,
                replyTo,
                thread,
                createdAt,
                Optional.of(now),
                deletedAt,
                clientId,
                mentioned,
                forwardedFrom);
    }

    ChatMessage forwardedFromNobody() {
        return with(mentions, forwardedFrom.map(from -> new ForwardedFrom(from.message(), "")));
    }

    ChatMessage notMentioning(UserId user) {
        var others = new HashSet<>(mentions.users());
        others.remove(user);
        return with(new Mentions(others, mentions.everyone()), forwardedFrom);
    }

    private ChatMessage with(Mentions mentioned, Optional<ForwardedFrom> from) {
        return new ChatMessage(
                id,
                conversation,
                sequence,
                author,
                authorName,
                authorAvatar,
                kind,
                content,
                attachments,
                replyTo,
                thread,
                createdAt,
                editedAt,
                deletedAt,
                clientId,
                mentioned,
                from);
    }

    /** Returns what is left of it when its author is forgotten: that there was a message. */
    ChatMessage erased(UserId nobody, Instant now) {
        return new ChatMessage(
                id,
                conversation,
                sequence,
                nobody,
                "",
                Optional.empty(),
                kind,
                "",
                List.of(),
                replyTo,
                thread,
                createdAt,
                editedAt,
                Optional.of(deletedAt.orElse(now)),
                Optional.empty(),
                Mentions.NONE,
                Optional.empty());
    }

    /** Returns what is left of it: who said it, when, and that it is gone. */
    ChatMessage deleted(Instant now) {
        return new ChatMessage(
                id,
                conversation,
                sequence,
                author,
                authorName,
                authorAvatar,
                kind,
                "",
                List.of(),
                replyTo,
                thread,
                createdAt,
                editedAt,
                Optional.of(now),
                clientId,
                Mentions.NONE,
                Optional.empty());
    }
}
