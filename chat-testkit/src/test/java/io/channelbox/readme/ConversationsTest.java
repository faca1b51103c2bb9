package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.channel.ChannelBox;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.TopicHub;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.conversation.UserDirectory;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private final UserId ann = new UserId("ann");
    private final UserId bob = new UserId("bob");
    private final UserDirectory users = UserDirectory.ANYBODY;
    private final ConversationStore store = new InMemoryConversationStore();

    @Test
    void whatIsSaidIsUnreadMentionsAndIsFoundByThoseInIt() {
        try (ChannelBox box = ChannelBox.builder().build()) {
            var live = LiveConversations.in(box, store);
            var conversations =
                    Conversations.in(store).directory(users).listener(live).build();
            Topics topics = live.addTo(Topics.in(JsonStyle.DEFAULT.payloadIn("payload")), conversations);

            Conversation lunch = conversations.createGroup(ann, GroupDetails.named("Lunch"), List.of(bob));
            conversations.send(ann, lunch.id(), MessageDraft.text("@bob, noon?"));

            assertInstanceOf(TopicHub.class, topics.hub().get());
            ConversationSummary bobs =
                    conversations.list(bob, Optional.empty(), 10).get(0);
            assertEquals(1, bobs.unread());
            assertEquals(1, bobs.mentions());
            assertEquals(
                    1,
                    conversations
                            .search(bob, SearchQuery.of("noon"), Optional.empty(), 10)
                            .hits()
                            .size());
            assertThrows(
                    NotAllowedException.class,
                    () -> conversations.send(new UserId("eve"), lunch.id(), MessageDraft.text("hi")));
        }
    }
}
