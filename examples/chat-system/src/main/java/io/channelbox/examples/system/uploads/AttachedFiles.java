package io.channelbox.examples.system.uploads;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.ConversationListener;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Lets those see a file to whom it was forwarded, and forgets the files of messages that were taken away for good. */
@Component
class AttachedFiles implements ConversationListener {

    private final Uploads uploads;

    AttachedFiles(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public void onEvent(ConversationEvent event) {
        if (event instanceof ConversationEvent.MessageSent sent) {
            forEach(sent.message(), uploads::use);
        } else if (event instanceof ConversationEvent.MessagesRemoved removed) {
            removed.messages().forEach(message -> forEach(message, uploads::release));
        }
    }

    private void forEach(ChatMessage message, BiConsumer<Upload, ChatMessage> work) {
        message.attachments()
                .forEach(attachment ->
                        uploads.atUrl(attachment.url()).ifPresent(upload -> work.accept(upload, message)));
    }
}
