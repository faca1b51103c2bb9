package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Subscribed;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.consumer.Unsubscribed;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients of connections that carry many topics. */
class TestTopicTest {

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String by, String text) {}

    /** A room, secret or not. */
    static class Room extends Topic<Say> {

        @Override
        protected void authorize(User user) {
            if (param("id").equals("secret")) {
                throw new PeerException(TopicError.UNAUTHORIZED, "members only");
            }
        }

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(user().name(), say.text())));
        }
    }

    private static final Topics TOPICS = Topics.in(
                    JsonStyle.DEFAULT.discriminator("action").payloadIn("payload"))
            .topic("room:{id}", Room::new);

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/topics", TOPICS.hub()).and("/room/{id}", TOPICS.only("room:{id}"));

    @Test
    void whoIsSubscribedReadsWhatIsSaidInTheTopic() {
        TestTopic ann = chat.user("ann").connect("/topics").subscribe("room:lobby");
        TestTopic bob = chat.user("bob").connect("/topics").subscribe("room:lobby");

        ann.send(new Say("hello"));

        assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
        bob.assertSilent();
    }

    @Test
    void eachTopicIsReadForItself() {
        TestClient ann = chat.user("ann").connect("/topics");
        TestTopic lobby = ann.subscribe("room:lobby");
        TestTopic attic = ann.subscribe("room:attic");

        lobby.send(new Say("down"));
        attic.send(new Say("up"));
        lobby.send(new Say("down again"));

        assertEquals(List.of(new Said("ann", "up")), attic.receiveAll(Said.class));
        attic.assertSilent();
        assertEquals(List.of(new Said("ann", "down"), new Said("ann", "down again")), lobby.receiveAll(Said.class));
        ann.assertSilent();
    }

    @Test
    void whatIsSaidInATopicCarriesItsNameAndNumber() {
        TestTopic lobby = chat.user("ann").connect("/topics").subscribe("room:lobby");

        lobby.send(new Say("one"));
        lobby.send(new Say("two"), "mine");

        assertEquals("room:lobby", lobby.name());
        assertEquals(
                new Received<>(
                        new Said("ann", "one"),
                        Envelope.NONE.topic("room:lobby").seq(1)),
                lobby.receiveEnveloped(Said.class));
        assertEquals(2, lobby.receiveEnveloped(Said.class).seq().orElseThrow());
        assertEquals("mine", lobby.receiveEnveloped(Ack.class).ref().orElseThrow());
    }

    @Test
    void anAnswerIsFoundAmongWhatIsSaid() {
        TestTopic lobby = chat.user("ann").connect("/topics").subscribe("room:lobby");

        Ack ack = lobby.ask(new Say("hello"), Ack.class);

        assertEquals(1, ack.position().orElseThrow().offset());
        assertEquals(new Said("ann", "hello"), lobby.receive(Said.class));
    }

    @Test
    void afterTheEndOfASubscriptionThereIsSilence() {
        TestClient ann = chat.user("ann").connect("/topics");
        TestTopic lobby = ann.subscribe("room:lobby");

        lobby.unsubscribe();
        chat.box().group("room:lobby").broadcast(new Said("bob", "anyone?"));

        lobby.assertSilent();
        assertEquals(
                TopicError.NOT_SUBSCRIBED,
                lobby.ask(new Say("still here"), TopicError.class).reason());
    }

    @Test
    void whoMayNotSubscribeIsToldWhy() {
        TestClient ann = chat.user("ann").connect("/topics");

        ann.assertCannotSubscribe("room:secret", TopicError.UNAUTHORIZED);
        ann.assertCannotSubscribe("nowhere", TopicError.UNKNOWN_TOPIC);

        AssertionError otherwise = assertThrows(
                AssertionError.class, () -> ann.assertCannotSubscribe("room:secret", TopicError.UNKNOWN_TOPIC));
        assertTrue(otherwise.toString().contains("unauthorized"), otherwise.getMessage());
        ann.assertSilent();
    }

    @Test
    void aSubscriptionThatIsRefusedSaysSo() {
        TestClient ann = chat.user("ann").connect("/topics");

        AssertionError refused = assertThrows(AssertionError.class, () -> ann.subscribe("room:secret"));

        assertTrue(refused.toString().contains("members only"), refused.getMessage());
    }

    @Test
    void aConnectionThatIsOneSubscriptionIsReadLikeATopic() {
        TestClient ann = chat.user("ann").connect("/room/lobby?last=0");
        TestTopic lobby = ann.topic("room:lobby");

        ann.send(new Say("hello"));

        assertEquals(
                new Subscribed(Optional.empty(), Optional.of(false), Optional.empty()),
                lobby.receive(Subscribed.class));
        assertEquals(new Said("ann", "hello"), lobby.receive(Said.class));
    }

    @Test
    void whoIsKickedOutOfATopicIsTold() {
        TestTopic lobby = chat.user("ann").connect("/topics").subscribe("room:lobby");

        chat.box().flushGroups();

        lobby.assertSilent();
        assertEquals(
                TopicError.NOT_SUBSCRIBED,
                lobby.ask(new Say("hello"), TopicError.class).reason());
        assertThrows(AssertionError.class, () -> lobby.receive(Unsubscribed.class));
    }

    @Test
    void whoComesBackReadsWhatWasMissed() {
        TestTopic bob = chat.user("bob").connect("/topics").subscribe("room:lobby");
        bob.send(new Say("one"));
        TestClient away = chat.user("ann").connect("/topics");
        TestTopic ann = away.subscribe("room:lobby", 10);
        ann.receive(Said.class);

        away.breakOff();
        bob.send(new Say("two"));
        bob.send(new Say("three"));
        TestTopic back = chat.user("ann").connect("/topics").subscribe("room:lobby", ann.position());

        back.assertRecovered();
        assertEquals(List.of(new Said("bob", "two"), new Said("bob", "three")), back.receiveAll(Said.class));
        assertEquals(3, back.position().offset());
    }
}
