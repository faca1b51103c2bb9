package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.examples.typed.ClientMessage.Chat;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FullDiskTest {

    @AutoClose
    private final TestRooms test = new TestRooms();

    @RegisterExtension
    final ChatExtension chat = ChatExtension.mounting("/ws/topics", RoomTopic.ALL.hub())
            .and("/ws/chat/{room_id}/", ChatServer.options(Settings.DEFAULT), () -> new RoomConsumer(test.rooms))
            .with(box -> ChatServer.settings(box, test.rooms).history(new FullDisk()));

    @Test
    void whatCannotBeKeptIsNotTold() {
        test.create("Lobby", "ann", "bob");
        TestClient bob = chat.user("bob").connect("/ws/chat/lobby/").skipAll();
        TestClient ann = chat.user("ann").connect("/ws/chat/lobby/").skipAll();
        bob.skipAll();

        ann.send(new Chat("hello"));

        assertEquals("{\"action\":\"error\",\"payload\":{\"detail\":\"Failed to process message\"}}", ann.receive());
        bob.assertSilent();
    }
}
