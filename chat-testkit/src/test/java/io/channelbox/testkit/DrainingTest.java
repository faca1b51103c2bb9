package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.testkit.ChatRoom.Said;
import io.channelbox.testkit.ChatRoom.Say;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that goes away, and one that is stormed, as their clients see them. */
class DrainingTest {

    @Test
    void whoHasNotBeenAskedToCloseIsStillHeardAndAnswered() {
        try (var chat = TestChat.create().mount("/ws/chat/{room_id}", ChatRoom::new)) {
            List<TestClient> clients = IntStream.range(0, 150)
                    .mapToObj(i -> chat.user("user-" + i).connect("/ws/chat/" + i))
                    .toList();
            chat.box().drain(Duration.ofSeconds(10));
            TestClient last = clients.stream()
                    .filter(client -> client.channel().isOpen())
                    .findAny()
                    .orElseThrow();

            last.skipAll().send(new Say("am I heard?"));

            assertEquals("am I heard?", last.receive(Said.class).text());
            chat.advance(Duration.ofSeconds(1));
            clients.forEach(client -> client.assertClosed(1001));
            clients.forEach(client ->
                    assertTrue(client.closeStatus().orElseThrow().retryAfter().isPresent()));
        }
    }

    @Test
    void whoComesWhileTheServerGoesAwayIsToldWhenToComeAgain() {
        try (var chat = TestChat.create().mount("/ws/chat/{room_id}", ChatRoom::new)) {
            chat.box().drain(Duration.ofSeconds(10));

            chat.user("late").connect("/ws/chat/1").assertRefused(503);
        }
    }

    @Test
    void aStormIsLetInAtItsRate() {
        var limits = Limits.NONE.withArrivals(Rate.perSecond(2));
        try (var chat = TestChat.with(box -> box.limits(limits)).mount("/ws/chat/{room_id}", ChatRoom::new)) {
            chat.user("ann").connect("/ws/chat/1");
            chat.user("bob").connect("/ws/chat/1");

            chat.user("eve").connect("/ws/chat/1").assertRefused(503);
            chat.advance(Duration.ofSeconds(1));
            chat.user("eve").connect("/ws/chat/1");

            assertEquals(3, chat.box().channels().size());
        }
    }
}
