package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.require;
import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.MessageKind;
import io.channelbox.examples.system.uploads.Upload;
import io.channelbox.examples.system.uploads.Uploads;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes of a request what is to be said. What is attached was uploaded before, by the same user to the same conversation. */
@Component
class Drafts {

    private final Uploads uploads;

    Drafts(Uploads uploads) {
        this.uploads = uploads;
    }

    MessageDraft of(UserId me, ConversationId conversation, Bodies.NewMessage body) {
        List<Attachment> attached = Objects.requireNonNullElse(body.attachments(), List.<String>of()).stream()
                .map(url -> attached(me, conversation, require("attachments", url)))
                .toList();
        MessageKind kind = kind(Objects.requireNonNullElse(body.messageType(), usual(attached)));
        if (kind == MessageKind.IMAGE && !attached.stream().allMatch(Drafts::isImage)) {
            throw wrong("attachments", "must be pictures");
        }
        String content = attached.isEmpty()
                ? require("content", body.content())
                : Objects.requireNonNullElse(body.content(), "");
        return new MessageDraft(
                kind,
                content,
                attached,
                Optional.ofNullable(body.replyToId()).map(id -> Asked.message("reply_to_id", id)),
                Optional.ofNullable(body.clientId()));
    }

    /** Refuses what was forgotten since it was uploaded. */
    void requireThere(MessageDraft draft) {
        if (draft.attachments().stream()
                .anyMatch(each -> uploads.atUrl(each.url()).isEmpty())) {
            throw unknown();
        }
    }

    private static String usual(List<Attachment> attached) {
        if (attached.isEmpty()) {
            return "text";
        }
        return attached.stream().allMatch(Drafts::isImage) ? "image" : "file";
    }

    private static boolean isImage(Attachment attached) {
        return attached.contentType().startsWith("image/");
    }

    private static MessageKind kind(String word) {
        return switch (word) {
            case "text" -> MessageKind.TEXT;
            case "image" -> MessageKind.IMAGE;
            case "file" -> MessageKind.FILE;
            default -> throw wrong("message_type", "must be text, image or file");
        };
    }

    private Attachment attached(UserId me, ConversationId conversation, String url) {
        Upload found = uploads.atUrl(url)
                .filter(upload -> upload.isBy(me) && upload.isIn(conversation))
                .orElseThrow(Drafts::unknown);
        return new Attachment(found.url(), found.name(), found.contentType(), found.size());
    }

    private static PeerException unknown() {
        return wrong("attachments", "must be URLs of what you have uploaded to this conversation");
    }
}
