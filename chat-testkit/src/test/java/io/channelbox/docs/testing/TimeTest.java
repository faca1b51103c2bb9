package io.channelbox.docs.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.consumer.ErrorReply;
import io.channelbox.docs.testing.ChatConsumer.Joined;
import io.channelbox.docs.testing.ChatConsumer.Said;
import io.channelbox.docs.testing.ChatConsumer.Say;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.testkit.ChatExtension;
import io.channelbox.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TimeTest {

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/ws/chat/{room}", ChatConsumer::new)
            .with(box ->
                    box.expires(Duration.ofMinutes(30)).limits(Limits.NONE.withMessagesPerChannel(Rate.perMinute(1))));

    @Test
    void whoSpeaksTooOftenHasToWait() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7").ignoring(Joined.class);
        ann.send(new Say("one"));
        ann.send(new Say("two"));
        chat.advance(Duration.ofMinutes(1));
        ann.send(new Say("three"));

        assertEquals(new Said("ann", "one"), ann.receive(Said.class));
        assertEquals("rate_limited", ann.receive(ErrorReply.class).code());
        assertEquals(new Said("ann", "three"), ann.receive(Said.class));
    }

    @Test
    void whoDoesNothingForLongIsSentAway() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7");

        chat.advance(Duration.ofHours(1));

        ann.assertClosed(4410);
    }

    @Test
    void whoVanishesIsMissed() {
        TestClient ann = chat.user("ann").connect("/ws/chat/7");

        ann.vanish(); // a phone in a tunnel
        chat.advance(Duration.ofMinutes(1));

        assertEquals(0, chat.box().group("chat:7").size());
    }
}
