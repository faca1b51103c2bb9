package io.channelbox.conversation.realtime;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.message.PeerException;

/** What concerns the list of somebody's conversations, as a topic for them alone. */
final class InboxTopic extends Topic<InboxRequest> {

    private final Conversations conversations;

    InboxTopic(Conversations conversations) {
        this.conversations = conversations;
    }

    @Override
    protected void handlers(Handlers<InboxRequest> on) {
        on.on(InboxRequest.ReadAll.class, this::readAll);
        on.sends(InboxWord.class);
    }

    @Override
    protected void authorize(User user) {
        if (!param("user").equals(user.id().value())) {
            throw new NotAllowedException();
        }
    }

    private void readAll(InboxRequest.ReadAll request) {
        if (request.conversationId() < 1) {
            throw PeerException.invalid("the id of a conversation must be at least 1");
        }
        conversations.read(user().id(), new ConversationId(request.conversationId()));
    }
}
