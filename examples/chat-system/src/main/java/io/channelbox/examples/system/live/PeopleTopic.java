package io.channelbox.examples.system.live;

import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;

/** The topic {@code people}: who is connected, told by the library's presence, and by whom something is being written. */
public final class PeopleTopic extends Topic<PeopleTopic.Writing> {

    /** Somebody is writing something in a conversation, or no longer. */
    @TypeName("writing")
    public record Writing(long conversationId, boolean isTyping) {}

    private final Conversations conversations;
    private final Writers writers;

    /** Makes the topic of one subscription. */
    public PeopleTopic(Conversations conversations, Writers writers) {
        this.conversations = conversations;
        this.writers = writers;
    }

    @Override
    protected void handlers(Handlers<Writing> on) {
        on.on(Writing.class, this::writing);
    }

    private void writing(Writing writing) {
        if (writing.conversationId() < 1) {
            throw PeerException.invalid("the id of a conversation must be at least 1");
        }
        writers.typing(conversations, user().id(), new ConversationId(writing.conversationId()), writing.isTyping());
    }
}
