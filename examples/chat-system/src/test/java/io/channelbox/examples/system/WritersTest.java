package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.auth.NotAllowedException;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.examples.system.live.ConversationConsumer;
import io.channelbox.examples.system.live.OnlineUsers;
import io.channelbox.examples.system.live.PeopleTopic;
import io.channelbox.examples.system.live.Writers;
import io.channelbox.examples.system.people.Users;
import io.channelbox.message.UserId;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestTopic;
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

        writers.typing(conversations, ANN, group.id(), true);
        chat.advance(Duration.ofSeconds(3));
        writers.typing(conversations, ANN, group.id(), true);
        chat.advance(Duration.ofSeconds(4));
        assertEquals(List.of(true, true), heardBy(bob));
        chat.advance(Duration.ofSeconds(2));

        assertEquals(List.of(false), heardBy(bob));
    }

    @Test
    void whoIsMutedIsNotWritingWhateverTheySay() {
        JsonStyle style = JsonStyle.DEFAULT.payloadIn("payload");
        chat.mount(
                "/ws/topics",
                Topics.in(style)
                        .topic("people", () -> new PeopleTopic(conversations, writers))
                        .hub());
        Conversation group = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB));
        conversations.mute(ANN, group.id(), BOB);
        TestTopic bob = chat.user("bob").connect("/ws/topics").subscribe("people");

        TopicError refused = bob.ask(new PeopleTopic.Writing(group.id().value(), true), TopicError.class);

        assertEquals(Conversations.MUTED, refused.reason());
    }

    @Test
    void nobodyIsSeenWritingToWhoHasBlockedThem() {
        Conversation direct = conversations.openDirect(ANN, BOB);
        conversations.block(ANN, BOB);

        assertThrows(NotAllowedException.class, () -> writers.typing(conversations, BOB, direct.id(), true));
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
