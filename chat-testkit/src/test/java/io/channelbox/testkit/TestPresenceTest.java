package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceCount;
import io.channelbox.presence.PresenceState;
import io.channelbox.presence.PresenceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client of the kit knows of who is here. */
class TestPresenceTest {

    @TypeName("say")
    record Say(String text) {}

    private static final class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.on(Say.class, this::broadcast);
        }
    }

    private final TestChat chat = TestChat.create();

    @BeforeEach
    void mount() {
        Presence presence = Presence.in(chat.box()).namesUpTo(2).build();
        Topics topics = Topics.in(
                JsonStyle.DEFAULT.discriminator("action").payloadIn("data").naming(Naming.SNAKE_CASE));
        chat.mount(
                "/ws", topics.topic("room:{id}", Room::new).presence(presence).hub());
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void whatCameBeforeItWasAskedForIsFollowedToo() {
        TestTopic ann = enter("ann");
        TestTopic bob = enter("bob");
        bob.presence().set(PresenceStatus.AWAY, "lunch");

        assertEquals(List.of("ann", "bob"), ann.presence().users());
        assertEquals(Optional.of("lunch"), ann.presence().user("bob").flatMap(PresenceState.Member::text));
        assertEquals(PresenceStatus.OFFLINE, ann.presence().status("eve"));
    }

    @Test
    void theTopicReadsWhatIsLeft() {
        TestTopic ann = enter("ann");
        TestTopic bob = enter("bob");
        ann.presence();

        bob.send(new Say("hi"));

        assertEquals(new Say("hi"), ann.receive(Say.class));
        ann.assertSilent();
    }

    @Test
    void manyAreCountedAndNotNamed() {
        TestTopic ann = enter("ann");
        List.of("bob", "eve", "joe").forEach(this::enter);

        assertTrue(ann.presence().isReduced());
        assertThrows(AssertionError.class, () -> ann.presence().users());
        chat.advance(Duration.ofSeconds(1));
        assertEquals(new PresenceCount(4, 4), ann.presence().count());
    }

    @Test
    void namesComeAgainWhenThereAreFew() {
        TestTopic ann = enter("ann");
        TestTopic bob = enter("bob");
        TestTopic eve = enter("eve");
        assertTrue(ann.presence().isReduced());

        bob.unsubscribe();
        eve.unsubscribe();
        chat.advance(Duration.ofSeconds(12));

        assertFalse(ann.presence().isReduced());
        assertEquals(List.of("ann"), ann.presence().users());
    }

    @Test
    void whereNothingWasToldThereIsNothingToAsk() {
        TestTopic lost = chat.user("ann").connect("/ws").topic("room:1");

        assertThrows(AssertionError.class, () -> lost.presence().users());
    }

    private TestTopic enter(String user) {
        return chat.user(user).connect("/ws").subscribe("room:1");
    }
}
