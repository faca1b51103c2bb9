package io.channelbox.docs.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.docs.testing.ChatConsumer.Said;
import io.channelbox.docs.testing.ChatConsumer.Say;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BroadcastsTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/ws/chat/{room}", ChatConsumer::new);

    @Test
    void whatIsSaidGoesToTheRoom() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7").skipAll();

        try (var broadcasts = chat.suppressBroadcasts()) { // or recordBroadcasts(), which delivers them too
            ann.send(new Say("hello"));

            assertEquals(List.of(new Said("ann", "hello")), broadcasts.of(Said.class));
            assertEquals(1, broadcasts.in("chat:7").size());
        }
        ann.assertSilent();
    }
}
