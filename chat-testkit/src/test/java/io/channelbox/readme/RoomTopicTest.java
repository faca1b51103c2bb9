package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.consumer.Subscribed;
import io.channelbox.consumer.Topics;
import io.channelbox.readme.RoomTopic.Post;
import io.channelbox.readme.RoomTopic.RoomEvent;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomTopicTest {

    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    private static final Topics TOPICS = Topics.in(STYLE).topic("room:{id}", RoomTopic::new);

    @RegisterExtension
    ChatExtension chat =
            ChatExtension.mounting("/topics", TOPICS.hub()).and("/topics/room/{id}", TOPICS.only("room:{id}"));

    @Test
    void oneSocketCarriesManyRoomsAndARoomHasAPathOfItsOwn() {
        TestTopic lobby = chat.user("ann").connect("/topics").subscribe("room:lobby");
        TestClient bob =
                chat.user("bob").connect("/topics/room/lobby").skipAll().ignoring(Subscribed.class);

        bob.send(new Post("hi"));

        assertEquals(new RoomEvent("hi", "bob"), lobby.receive(RoomEvent.class));
        assertEquals(1, bob.receiveEnveloped(RoomEvent.class).seq().orElseThrow());
    }

    @Test
    void aRoomMayRefuse() {
        chat.user("ann").connect("/topics").assertCannotSubscribe("room:staff", "unauthorized");
    }
}
