package io.channelbox.examples.system.uploads;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationListener;
import io.channelbox.conversation.ConversationReader;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.examples.system.uploads.Uses.Send;
import io.channelbox.examples.system.uploads.Uses.Use;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The life of what is uploaded. At first only its owner sees it. A send that names it keeps it, from before its message is stored; a stored message shows it to those who may see the message. When one
 * is taken back, it is seen where others name it; where none does, nobody sees it any more, and a day later it is forgotten, unless it was named again.
 */
@Component
public final class AttachedFiles implements ConversationListener {

    private final Uploads uploads;
    private final Uses uses;
    private final ConversationStore store;

    AttachedFiles(Uploads uploads, ConversationStore store) {
        this.uploads = uploads;
        this.uses = uploads.uses();
        this.store = store;
    }

    /** Says in another conversation what names uploads, see {@link #sending}. */
    public ChatMessage forwarding(ChatMessageId message, ConversationId to, Supplier<ChatMessage> say) {
        List<Attachment> attachments = store.read(kept -> kept.message(message))
                .map(ChatMessage::attachments)
                .orElse(List.of());
        return sending(attachments, to, say);
    }

    /** Says what names uploads, which are kept meanwhile, and when nobody knows whether it was said. What is refused leaves them as they were. */
    public ChatMessage sending(List<Attachment> attachments, ConversationId to, Supplier<ChatMessage> say) {
        List<Upload> named = uploadsOf(attachments);
        Send send = Send.to(to);
        named.forEach(upload -> uses.begin(upload, send));
        try {
            ChatMessage said = say.get();
            note(said); // once more, as it may have been said before, and not noted
            named.forEach(upload -> uses.end(upload, send));
            return said;
        } catch (PeerException refused) {
            named.forEach(upload -> uses.end(upload, send));
            throw refused;
        }
    }

    @Override
    public void onEvent(ConversationEvent event) {
        if (event instanceof ConversationEvent.MessageSent sent) {
            note(sent.message());
        } else if (event instanceof ConversationEvent.MessagesRemoved removed) {
            removed.messages().forEach(message -> release(message, message.attachments()));
        } else if (event instanceof ConversationEvent.MessageDeleted deleted) {
            release(deleted.message(), deleted.attachments());
        }
    }

    /** Notes what a message names, unless another program has taken it back meanwhile. */
    private void note(ChatMessage message) {
        List<Upload> named = uploadsOf(message.attachments());
        named.forEach(upload -> uses.note(upload, Use.by(message)));
        if (!named.isEmpty() && !store.read(kept -> stands(kept, message.id()))) {
            release(message, message.attachments());
        }
    }

    private void release(ChatMessage message, List<Attachment> attachments) {
        uploadsOf(attachments).forEach(upload -> uses.release(upload, Use.by(message)));
    }

    private List<Upload> uploadsOf(List<Attachment> attachments) {
        return attachments.stream()
                .flatMap(each -> uploads.atUrl(each.url()).stream())
                .toList();
    }

    /** Tells whether somebody may see it now. The store is asked, so that what was taken back is not seen from that moment on. */
    boolean isSeenBy(UserId me, Upload upload) {
        List<Use> stored = uses.of(upload);
        if (stored.isEmpty() && isSeenBefore(me, upload)) {
            return store.read(kept -> isIn(kept, new ConversationId(upload.conversation()), me));
        }
        return store.read(kept ->
                stored.stream().anyMatch(use -> isIn(kept, use.conversation(), me) && stands(kept, use.message())));
    }

    /** Before a message is noted to name it, it is for its owner; or for all there when one may be stored. */
    private boolean isSeenBefore(UserId me, Upload upload) {
        return !uses.isReleased(upload) && (upload.isBy(me) || uses.isBegun(upload));
    }

    private static boolean isIn(ConversationReader kept, ConversationId id, UserId user) {
        return kept.participant(id, user).isPresent();
    }

    private static boolean stands(ConversationReader kept, ChatMessageId id) {
        return kept.message(id).filter(found -> !found.isDeleted()).isPresent();
    }
}
