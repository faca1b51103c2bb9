package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.examples.system.live.ConversationConsumer;
import io.channelbox.examples.system.live.OnlineUsers;
import io.channelbox.examples.system.people.Users;
import io.channelbox.message.UserId;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The socket of the program without a network: beans of the application in a box of the testkit, in Spring's test. */
@SpringBootTest(classes = ConversationConsumerTest.Beans.class, webEnvironment = WebEnvironment.NONE)
class ConversationConsumerTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        TestChat chat() {
            return TestChat.create();
        }

        @Bean
        ConversationStore store() {
            return new InMemoryConversationStore();
        }

        @Bean
        OnlineUsers online(TestChat chat, ConversationStore store) {
            return new OnlineUsers(chat.box(), store, Users.ofDemo(), seen -> {});
        }

        @Bean
        Conversations conversations(TestChat chat, ConversationStore store) {
            return Conversations.in(store)
                    .directory(Users.ofDemo())
                    .listener(LiveConversations.in(chat.box(), store))
                    .clock(chat.clock())
                    .build();
        }
    }

    @Autowired
    private TestChat chat;

    @Autowired
    private Conversations conversations;

    @Autowired
    private OnlineUsers online;

    @Test
    void whoIsInAConversationHearsWhatIsSaidAndWhoIsRemovedNoMore() {
        chat.mount("/ws/{conversation_id}", () -> new ConversationConsumer(conversations, online));
        Conversation group = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB));
        TestClient bob = chat.user("bob").connect("/ws/" + group.id());
        assertEquals("connected", bob.receiveJson().path("type").asText());
        bob.skipAll();

        conversations.send(ANN, group.id(), MessageDraft.text("noon?"));
        assertEquals("noon?", bob.receiveJson().at("/message/content").asText());
        conversations.remove(ANN, group.id(), BOB);

        bob.skipAll();
        bob.assertClosed(4403);
    }
}
