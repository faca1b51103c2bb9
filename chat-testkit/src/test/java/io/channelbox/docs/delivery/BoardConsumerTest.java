package io.channelbox.docs.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.channel.OutboxLimits;
import io.channelbox.docs.delivery.BoardConsumer.Mood;
import io.channelbox.docs.delivery.BoardConsumer.Say;
import io.channelbox.docs.delivery.BoardConsumer.Spoken;
import io.channelbox.docs.delivery.BoardConsumer.Typing;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardConsumerTest {

    @Test
    void aSlowClientGetsWhatWasSaidAndTheLatestMood() {
        try (var chat = TestChat.with(box -> box.outbox(OutboxLimits.DEFAULT.withFrames(4)))
                .mount("/board", BoardConsumer::new)) {
            TestClient ann = chat.user("ann").connect("/board"),
                    bob = chat.user("bob").connect("/board");
            bob.stopReading();
            ann.send(new Say("first")); // this one is on its way already

            ann.send(new Mood("curious"));
            ann.send(new Say("second"));
            ann.send(new Typing()); // half of the four are waiting
            ann.send(new Mood("happy"));
            bob.readAgain();

            assertEquals(List.of(new Say("first"), new Say("second"), new Mood("happy")), bob.receiveAll(Spoken.class));
        }
    }
}
