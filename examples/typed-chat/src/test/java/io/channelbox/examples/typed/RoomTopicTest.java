package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.Envelope;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.Subscribed;
import io.channelbox.consumer.TopicError;
import io.channelbox.examples.typed.ClientMessage.Chat;
import io.channelbox.examples.typed.RoomTopic.Post;
import io.channelbox.examples.typed.RoomTopic.RoomEvent;
import io.channelbox.examples.typed.ServerMessage.Entry;
import io.channelbox.examples.typed.ServerMessage.History;
import io.channelbox.examples.typed.ServerMessage.UserJoined;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.Received;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestTopic;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomTopicTest {

    private static final String TOPICS = "/ws/topics";

    @AutoClose
    private final TestRooms test = new TestRooms();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting(
                    TOPICS, RoomTopic.of(test.rooms).hub())
            .and("/ws/topics/room/{id}", RoomTopic.of(test.rooms).only(RoomTopic.PATTERN))
            .and("/ws/chat/{room_id}/", () -> new RoomConsumer(test.rooms))
            .with(box -> ChatServer.settings(box, test.rooms));

    @BeforeEach
    void openTheRooms() {
        test.create("Lobby", "ann", "bob");
        test.create("Attic", "bob");
    }

    @Test
    void oneConnectionIsInManyRooms() {
        TestClient bob = chat.user("bob").connect(TOPICS);
        TestTopic lobby = bob.subscribe("room:lobby");
        TestTopic attic = bob.subscribe("room:attic");

        chat.user("ann").connect(TOPICS).subscribe("room:lobby").send(new Post("hi"));

        assertEquals(
                new Received<>(
                        new RoomEvent("hi", "ann"),
                        Envelope.NONE.topic("room:lobby").seq(1)),
                lobby.receiveEnveloped(RoomEvent.class));
        attic.assertSilent();
    }

    @Test
    void whoPostsIsToldWhatBecameOfIt() {
        TestTopic lobby = chat.user("ann").connect(TOPICS).subscribe("room:lobby");

        Ack ack = lobby.ask(new Post("hi"), Ack.class);

        assertTrue(ack.position().isPresent());
        lobby.receive(RoomEvent.class);
        assertEquals("invalid", lobby.ask(new Post(" "), TopicError.class).reason());
    }

    @Test
    void nobodyPostsInTheNameOfOthers() {
        TestClient bob = chat.user("bob").connect(TOPICS);
        TestTopic lobby = bob.subscribe("room:lobby");

        bob.send("{\"topic\":\"room:lobby\",\"action\":\"post\",\"payload\":{\"body\":\"hi\",\"author\":\"ann\"}}");

        assertEquals(new RoomEvent("hi", "bob"), lobby.receive(RoomEvent.class));
    }

    @Test
    void onlyMembersSubscribe() {
        TestClient ann = chat.user("ann").connect(TOPICS);

        ann.assertCannotSubscribe("room:attic", TopicError.UNAUTHORIZED);
        ann.assertCannotSubscribe("room:cellar", TopicError.UNKNOWN_TOPIC);
        ann.assertCannotSubscribe("weather:today", TopicError.UNKNOWN_TOPIC);
    }

    @Test
    void whoHasNotSubscribedIsNotHeard() {
        TestClient ann = chat.user("ann").connect(TOPICS);

        assertEquals(
                TopicError.NOT_SUBSCRIBED,
                ann.topic("room:lobby").ask(new Post("hi"), TopicError.class).reason());
    }

    @Test
    void aConnectionCanBeOneRoom() {
        TestClient ann = chat.user("ann").connect("/ws/topics/room/lobby");
        ann.receive(Subscribed.class);

        ann.send(new Post("hi"));

        assertEquals(new RoomEvent("hi", "ann"), ann.receive(RoomEvent.class));
    }

    @Test
    void aRoomIsTheSameByItsPageAndByItsTopic() {
        TestTopic lobby = chat.user("bob").connect(TOPICS).subscribe("room:lobby");
        TestClient page = chat.user("ann").connect("/ws/chat/lobby/").skipAll();

        lobby.send(new Post("from the topic"));
        page.send(new Chat("from the page"));

        assertEquals(new RoomEvent("from the topic", "bob"), page.receive(RoomEvent.class));
        lobby.receive(UserJoined.class);
        lobby.receive(RoomEvent.class);
        assertEquals(new Said("from the page", "ann"), lobby.receive(Said.class));
        assertEquals(
                List.of("from the topic", "from the page"),
                chat.user("bob").connect("/ws/chat/lobby/").receive(History.class).entries().stream()
                        .map(Entry::message)
                        .toList());
    }
}
