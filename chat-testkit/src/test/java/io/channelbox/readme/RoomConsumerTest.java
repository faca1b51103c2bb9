package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.readme.RoomConsumer.Said;
import io.channelbox.readme.RoomConsumer.Say;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoomConsumerTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/ws/room/{room_id}", RoomConsumer::new);

    @Test
    void everyoneInTheRoomReadsWhatAnyoneSays() {
        TestClient ann = chat.user("ann").connect("/ws/room/7").skipAll();
        TestClient bob = chat.user("bob").connect("/ws/room/7").skipAll();

        ann.send(new Say("hello"));

        assertEquals("hello", bob.receive(Said.class).text());
        bob.assertSilent();
    }

    @Test
    void whoComesLaterReadsWhatWasSaid() {
        chat.user("ann").connect("/ws/room/7").send(new Say("hello"));

        TestClient bob = chat.user("bob").connect("/ws/room/7");

        assertEquals("hello", bob.receiveJson().at("/messages/0/text").asText());
    }
}
