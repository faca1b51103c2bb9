package io.channelbox.examples.system.uploads;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationListener;
import java.util.List;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Lets those see a file to whom it was forwarded, and forgets the files of messages that were deleted or taken away for good. */
@Component
class AttachedFiles implements ConversationListener {

    private final Uploads uploads;

    AttachedFiles(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public void onEvent(ConversationEvent event) {
        if (event instanceof ConversationEvent.MessageSent sent) {
            forEach(sent.message(), sent.message().attachments(), uploads::use);
        } else if (event instanceof ConversationEvent.MessagesRemoved removed) {
            removed.messages().forEach(message -> forEach(message, message.attachments(), uploads::release));
        } else if (event instanceof ConversationEvent.MessageDeleted deleted) {
            forEach(deleted.message(), deleted.attachments(), uploads::release);
        }
    }

    private void forEach(ChatMessage message, List<Attachment> attachments, BiConsumer<Upload, ChatMessage> work) {
        attachments.forEach(
                attachment -> uploads.atUrl(attachment.url()).ifPresent(upload -> work.accept(upload, message)));
    }
}
