package io.channelbox.examples.system.rest;

import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.examples.system.rest.Views.ConversationJson;
import io.channelbox.message.UserId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows one conversation as its list does. */
@Component
class ConversationViews {

    private final Conversations conversations;
    private final ConversationStore store;

    ConversationViews(Conversations conversations, ConversationStore store) {
        this.conversations = conversations;
        this.store = store;
    }

    /** Returns what somebody in it sees of a conversation. */
    ConversationJson of(UserId me, ConversationId id) {
        long unread = conversations.unread(me, id);
        Conversation found = conversations.conversation(me, id);
        int participants = store.read(kept -> kept.participantCount(id));
        Optional<String> newest = conversations.messages(me, id, Optional.empty(), 1).messages().stream()
                .findFirst()
                .map(ConversationJson::shown);
        return ConversationJson.of(found, participants, unread, newest);
    }
}
