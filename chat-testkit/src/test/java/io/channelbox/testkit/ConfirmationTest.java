package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.PeerException;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client may repeat that got no answer, and what becomes of it. */
class ConfirmationTest {

    private static final String SAY =
            "{\"topic\":\"room:1\",\"ref\":\"7\",\"idempotency_key\":\"k\",\"type\":\"say\",\"payload\":{\"text\":\"hi\"}}";

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String by, String text) {}

    /** A room. */
    static class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.on(Say.class, say -> broadcast(new Said(user().name(), say.text())));
        }
    }

    private static final Topics TOPICS =
            Topics.in(JsonStyle.DEFAULT.payloadIn("payload")).topic("room:{id}", Room::new);

    private final List<TestChat> chats = new ArrayList<>();
    private final HookedStore store = new HookedStore();

    @AfterEach
    void close() {
        chats.forEach(TestChat::close);
    }

    @Test
    void whoWasCutOffBetweenKeepingAndAnsweringRepeatsItAndItIsSaidOnce() {
        TestChat chat = chat();
        TestClient ann = chat.user("ann").connect("/topics");
        ann.subscribe("room:1");
        TestTopic bob = chat.user("bob").connect("/topics").subscribe("room:1");
        store.afterAppend = ann::vanish;
        ann.send(SAY);
        Received<Said> heard = bob.receiveEnveloped(Said.class);

        TestClient again = chat.user("ann").connect("/topics");
        TestTopic room = again.subscribe("room:1");
        again.send(SAY);

        Ack ack = room.receive(Ack.class);
        assertEquals(heard.seq().orElseThrow(), ack.position().orElseThrow().offset());
        assertTrue(ack.id().isPresent());
        bob.assertSilent();
        room.assertSilent();
    }

    @Test
    void theSameKeyOnTwoConnectionsOfAUserIsOneMessageAndOfAnotherUserAnother() {
        TestChat chat = chat();
        TestClient desk = chat.user("ann").connect("/topics");
        TestClient phone = chat.user("ann").connect("/topics");
        TestClient bob = chat.user("bob").connect("/topics");
        TestTopic onDesk = desk.subscribe("room:1");
        TestTopic onPhone = phone.subscribe("room:1");
        bob.subscribe("room:1");

        desk.send(SAY);
        phone.send(SAY);
        bob.send(SAY);

        assertEquals(new Said("ann", "hi"), onDesk.receive(Said.class));
        assertEquals(new Said("ann", "hi"), onPhone.receive(Said.class));
        assertEquals(onDesk.receive(Ack.class), onPhone.receive(Ack.class));
        assertEquals(new Said("bob", "hi"), onDesk.receive(Said.class));
        onDesk.assertSilent();
    }

    @Test
    void afterFiveMinutesAKeyIsANewOne() {
        TestChat chat = chat();
        TestClient ann = chat.user("ann").connect("/topics");
        TestTopic room = ann.subscribe("room:1");

        ann.send(SAY);
        chat.advance(Duration.ofMinutes(5));
        ann.send(SAY);

        assertEquals(1, room.receiveEnveloped(Said.class).seq().orElseThrow());
        room.receive(Ack.class);
        assertEquals(2, room.receiveEnveloped(Said.class).seq().orElseThrow());
    }

    @Test
    void whenTheStoreDoesNotAnswerThePeerIsToldToComeAgainAndNotThatItFailed() {
        TestChat chat = chat();
        TestClient ann = chat.user("ann").connect("/topics");
        TestTopic room = ann.subscribe("room:1");
        store.afterAppend = () -> {
            throw new StoreException("kept, but the answer was too late", new IOException());
        };

        ann.send(SAY);
        TopicError unknown = room.receive(TopicError.class);
        store.afterAppend = () -> {};
        chat.advance(Duration.ofMillis(unknown.retryAfterMillis().orElseThrow()));
        ann.send(SAY);

        assertEquals(PeerException.UNAVAILABLE, unknown.reason());
        assertEquals(1, room.receive(Ack.class).position().orElseThrow().offset());
        assertEquals(1, chat.box().group("room:1").historyStats().count());
    }

    @Test
    void aServerThatEndedAfterKeepingIsFollowedByOneThatKnows() {
        TestChat first = chat();
        TestClient ann = first.user("ann").connect("/topics");
        ann.subscribe("room:1");
        store.afterAppend = ann::vanish;
        ann.send(SAY);
        first.close();

        TestClient again = chat().user("ann").connect("/topics");
        TestTopic room = again.subscribe("room:1");
        again.send(SAY);

        assertEquals(1, room.receive(Ack.class).position().orElseThrow().offset());
        room.assertSilent();
        assertEquals(1, store.stats(GroupName.of("room:1")).count());
    }

    private TestChat chat() {
        TestChat chat = TestChat.with(box -> box.history(store)).mount("/topics", TOPICS.hub());
        chats.add(chat);
        return chat;
    }

    /** A store that outlives its servers, and lets a test step in when it has kept something. */
    private static final class HookedStore implements HistoryStore {

        private final HistoryStore store = new InMemoryHistoryStore(InstantSource.fixed(Instant.EPOCH));
        private Runnable afterAppend = () -> {};

        @Override
        public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
            List<StreamPosition> positions = store.append(group, messages, retention);
            afterAppend.run();
            return positions;
        }

        @Override
        public HistoryPage read(GroupName group, HistoryQuery query) {
            return store.read(group, query);
        }

        @Override
        public HistoryStats stats(GroupName group) {
            return store.stats(group);
        }

        @Override
        public Set<GroupName> groups() {
            return store.groups();
        }

        @Override
        public void clear(GroupName group) {
            store.clear(group);
        }

        @Override
        public void clearAll() {
            store.clearAll();
        }
    }
}
