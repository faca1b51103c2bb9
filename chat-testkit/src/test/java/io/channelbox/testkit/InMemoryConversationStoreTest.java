package io.channelbox.testkit;

import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.InMemoryConversationStore;

class InMemoryConversationStoreTest implements ConversationStoreContract {

    @Override
    public ConversationStore newStore() {
        return new InMemoryConversationStore();
    }
}
