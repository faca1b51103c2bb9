package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.examples.system.live.ConversationConsumer;
import io.channelbox.examples.system.live.OnlineUsers;
import io.channelbox.examples.system.live.Writers;
import io.channelbox.examples.system.people.Users;
import io.channelbox.message.UserId;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritersTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private final TestChat chat = TestChat.create();
    private final InMemoryConversationStore store = new InMemoryConversationStore();
    private final Conversations conversations = Conversations.in(store)
            .directory(Users.ofDemo())
            .clock(chat.clock())
            .build();
    private final OnlineUsers online = new OnlineUsers(chat.box(), store, Users.ofDemo(), conversations::seen);
    private final Writers writers = new Writers(chat.box(), online.presence(), Users.ofDemo());

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void whoSaysNoMoreThatTheyAreWritingIsNotAfterFiveSeconds() {
        chat.mount("/ws/{conversation_id}", () -> new ConversationConsumer(conversations, online));
        Conversation group = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB));
        TestClient bob = chat.user("bob").connect("/ws/" + group.id()).skipAll();

        writers.typing(ANN, group.id(), true);
        chat.advance(Duration.ofSeconds(3));
        writers.typing(ANN, group.id(), true);
        chat.advance(Duration.ofSeconds(4));
        assertEquals(List.of(true, true), heardBy(bob));
        chat.advance(Duration.ofSeconds(2));

        assertEquals(List.of(false), heardBy(bob));
    }

    private static List<Boolean> heardBy(TestClient client) {
        List<Boolean> heard = new ArrayList<>();
        for (String frame : client.receiveAll()) {
            JsonNode typing = ChatClient.read(frame).path("typing");
            if (!typing.isMissingNode()) {
                heard.add(typing.path("is_typing").asBoolean());
            }
        }
        return heard;
    }
}
