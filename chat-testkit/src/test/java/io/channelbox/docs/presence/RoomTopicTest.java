package io.channelbox.docs.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.consumer.Ack;
import io.channelbox.docs.presence.RoomTopic.Say;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceCount;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestPresence;
import io.channelbox.testkit.TestTopic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomTopicTest {

    private final TestChat chat = TestChat.create();
    private final Presence presence = Presence.in(chat.box()).build();

    @BeforeEach
    void mount() {
        chat.mount("/ws", RoomTopic.in(presence).hub());
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void whoReloadsThePageWasNeverAway() {
        TestPresence seen = chat.user("ann").connect("/ws").subscribe("room:1").presence();
        TestClient bob = chat.user("bob").connect("/ws");
        bob.subscribe("room:1");

        bob.close();
        chat.advance(Duration.ofSeconds(9));
        assertEquals(List.of("ann", "bob"), seen.users());
        chat.advance(Duration.ofSeconds(1));

        assertEquals(List.of("ann"), seen.users());
    }

    @Test
    void whoSendsNothingIsAwayAndWhoSaysSoIsBusy() {
        TestTopic ann = chat.user("ann").connect("/ws").subscribe("room:1");
        TestTopic bob = chat.user("bob").connect("/ws").subscribe("room:1");

        chat.advance(Duration.ofMinutes(5));
        assertEquals(PresenceStatus.AWAY, ann.presence().status("bob"));
        bob.presence().set(PresenceStatus.BUSY, "in a call");
        assertEquals(PresenceStatus.BUSY, ann.presence().status("bob"));

        bob.presence().set(PresenceStatus.ONLINE, "");
        chat.advance(Duration.ofSeconds(1)); // it has sent something, which is seen within a second
        assertEquals(PresenceStatus.ONLINE, ann.presence().status("bob"));
    }

    @Test
    void whoWritesIsSeenUntilTheMessageComes() {
        TestTopic ann = chat.user("ann").connect("/ws").subscribe("room:1");
        TestTopic bob = chat.user("bob").connect("/ws").subscribe("room:1");

        bob.presence().type(true);
        assertEquals(List.of("bob"), ann.presence().typers());
        assertEquals(List.of(), bob.presence().typers());
        bob.ask(new Say("hello"), Ack.class);
        assertEquals(List.of(), ann.presence().typers());

        bob.presence().type(true);
        chat.advance(Duration.ofSeconds(6));
        assertEquals(List.of(), ann.presence().typers());
    }

    @Test
    void aPhoneAndALaptopAreOneUser() {
        TestPresence seen = chat.user("ann").connect("/ws").subscribe("room:1").presence();
        chat.user("bob").connect("/ws").subscribe("room:1");
        chat.user("bob").connect("/ws").subscribe("room:1");

        assertEquals(new PresenceCount(2, 3), seen.count());
        assertEquals(2, seen.user("bob").orElseThrow().devices());
    }
}
