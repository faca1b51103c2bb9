package io.channelbox.docs.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.consumer.ErrorReply;
import io.channelbox.docs.testing.ChatConsumer.Joined;
import io.channelbox.docs.testing.ChatConsumer.Said;
import io.channelbox.docs.testing.ChatConsumer.Say;
import io.channelbox.docs.testing.ChatConsumer.Told;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatConsumerTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/ws/chat/{room}", ChatConsumer::new);

    @Test
    void everyoneInTheRoomReadsWhatAnyoneSays() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7").skipAll();
        TestClient bob = chat.user("bob").connect("/ws/chat/7").skipAll();
        TestClient eve = chat.user("eve").connect("/ws/chat/8").skipAll();

        ann.send(new Say("hello"));

        assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
        bob.assertSilent();
        eve.assertSilent();
    }

    @Test
    void whoIsThereReadsWhoComes() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7");
        chat.user("bob").connect("/ws/chat/7");

        assertEquals(List.of(new Joined("ann"), new Joined("bob")), ann.receiveAll(Told.class));
    }

    @Test
    void whoSaysNothingIsToldSo() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7");

        assertEquals("invalid", ann.ask(new Say(" "), ErrorReply.class).code());
    }
}
