package io.channelbox.conversation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody wants to say.
 *
 * @param content of up to 10,000 characters; it may be empty where something is attached
 * @param attachments up to 10; a picture or file needs one, a text has none
 * @param replyTo which message of the same conversation it answers
 * @param clientId of up to 100 characters: who sends the same one again, in the same conversation, gets what was kept the first time
 */
public record MessageDraft(
        MessageKind kind,
        String content,
        List<Attachment> attachments,
        Optional<ChatMessageId> replyTo,
        Optional<String> clientId) {

    private static final int LONGEST = 10_000;
    private static final int MOST_ATTACHMENTS = 10;
    private static final int LONGEST_CLIENT_ID = 100;

    /**
     * Refuses what is missing, too long or does not go together.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public MessageDraft {
        Objects.requireNonNull(kind, "kind");
        attachments = List.copyOf(attachments);
        if (attachments.size() > MOST_ATTACHMENTS) {
            throw Texts.refusal("attachments", "must be at most " + MOST_ATTACHMENTS + ", were " + attachments.size());
        }
        boolean carries = kind == MessageKind.IMAGE || kind == MessageKind.FILE;
        if (carries == attachments.isEmpty()) {
            throw Texts.refusal("attachments", carries ? "must not be empty" : "are for images and files only");
        }
        content = checked(content, carries);
        Objects.requireNonNull(replyTo, "replyTo");
        clientId = checked(clientId);
    }

    /** Returns what a client may call a message: used for what is forwarded, too. */
    static Optional<String> checked(Optional<String> clientId) {
        return clientId.map(id -> Texts.line("client_id", id, LONGEST_CLIENT_ID));
    }

    /** Returns what a message may say, which is nothing where something is attached: used for what is changed, too. */
    static String checked(String content, boolean carries) {
        boolean silent = Texts.isEmpty(Objects.requireNonNull(content, "content"));
        return silent && carries ? "" : Texts.text("content", content, LONGEST);
    }

    /** Returns a text. */
    public static MessageDraft text(String content) {
        return new MessageDraft(MessageKind.TEXT, content, List.of(), Optional.empty(), Optional.empty());
    }

    /** Returns a picture or file, without words. */
    public static MessageDraft of(MessageKind kind, Attachment attachment) {
        return new MessageDraft(kind, "", List.of(attachment), Optional.empty(), Optional.empty());
    }

    /** Returns the same, with this text. */
    MessageDraft saying(String text) {
        return new MessageDraft(kind, text, attachments, replyTo, clientId);
    }

    /** Returns the same, as an answer to this message. */
    public MessageDraft inReplyTo(ChatMessageId message) {
        return new MessageDraft(kind, content, attachments, Optional.of(message), clientId);
    }

    /** Returns the same, under the name that the client has for it. */
    public MessageDraft called(String id) {
        return new MessageDraft(kind, content, attachments, replyTo, Optional.of(id));
    }
}
