package io.channelbox.testkit;

import static io.channelbox.history.HistoryQuery.after;
import static io.channelbox.history.HistoryQuery.before;
import static io.channelbox.history.HistoryQuery.latest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Broker;
import io.channelbox.broker.LocalBroker;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.PublishResult;
import io.channelbox.codec.Content;
import io.channelbox.codec.TextCodec;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryStats;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link HistoryStore} does. Implement it in a test class of your store. */
public interface HistoryStoreContract {

    /** When the tests take place. */
    Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The group most tests speak to. */
    GroupName ROOM = GroupName.of("chat", "room");

    /** Another one. */
    GroupName OTHER = GroupName.of("chat", "other");

    /** Returns a store that holds nothing and tells ages by this clock. */
    HistoryStore newStore(InstantSource clock);

    @Test
    default void whatWasSaidIsReadOldestFirst() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        append(store, ROOM, "a", "b", "c");

        assertEquals(List.of("a", "b", "c"), texts(store.read(ROOM, latest(10))));
    }

    @Test
    default void positionsHaveNoHolesAndOneEpoch() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        List<StreamPosition> first = append(store, ROOM, "a");
        List<StreamPosition> rest = append(store, ROOM, "b", "c");

        String epoch = first.get(0).epoch();
        assertEquals(List.of(new StreamPosition(epoch, 1)), first);
        assertEquals(List.of(new StreamPosition(epoch, 2), new StreamPosition(epoch, 3)), rest);
        assertEquals(
                Optional.of(new StreamPosition(epoch, 3)),
                store.read(ROOM, latest(1)).top());
    }

    @Test
    default void everyMessageKeepsItsOwnIdTimeSenderKindPayloadAndKey() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        var binary = new Message(
                MessageId.at(NOW),
                ROOM,
                Optional.of(new UserId("ann")),
                "picture",
                NOW.minusSeconds(2),
                new Payload("binary", Frame.binary(new byte[] {0, 1, -1})),
                Optional.of("k/2 \uD83D\uDE00"));
        Message text = message(ROOM, "grüße \uD83D\uDE00", NOW.minusSeconds(1));

        store.append(ROOM, List.of(binary, text), Retention.DEFAULT);

        List<Message> kept = store.read(ROOM, latest(10)).entries().stream()
                .map(entry -> entry.message())
                .toList();
        assertEquals(List.of(binary, text), kept);
        assertNotEquals(kept.get(0).id(), kept.get(1).id());
    }

    @Test
    default void aGroupNobodySpokeToHasAnEmptyPage() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        HistoryPage page = store.read(ROOM, latest(10));

        assertTrue(page.isEmpty());
        assertFalse(page.more());
        assertEquals(HistoryStats.EMPTY, store.stats(ROOM));
        assertEquals(Set.of(), store.groups());
    }

    @Test
    default void groupsAreKeptApart() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        append(store, ROOM, "a");
        append(store, OTHER, "b");

        assertEquals(List.of("a"), texts(store.read(ROOM, latest(10))));
        assertEquals(List.of("b"), texts(store.read(OTHER, latest(10))));
        assertEquals(Set.of(ROOM, OTHER), store.groups());
    }

    @Test
    default void aFullHistoryForgetsTheOldestAndKeepsTheRest() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        for (String text : List.of("a", "b", "c", "d")) {
            append(store, ROOM, Retention.DEFAULT.withCount(3), text);
        }

        assertEquals(List.of("b", "c", "d"), texts(store.read(ROOM, latest(10))));
    }

    @Test
    default void bytesAreBoundedByTheOldest() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        append(store, ROOM, Retention.DEFAULT.withBytes(10), "aaaa", "bbbb", "ccc");

        assertEquals(List.of("bbbb", "ccc"), texts(store.read(ROOM, latest(10))));
        assertEquals(7, store.stats(ROOM).bytes());
    }

    @Test
    default void theNewestIsKeptEvenIfItAloneIsTooLarge() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        append(store, ROOM, Retention.DEFAULT.withBytes(3), "a", "too large");

        assertEquals(List.of("too large"), texts(store.read(ROOM, latest(10))));
    }

    @Test
    default void whatIsTooOldIsForgottenThoughNobodySpeaks() {
        var clock = new ManualClock(NOW);
        HistoryStore store = newStore(clock);
        Retention hour = Retention.DEFAULT.withAge(Duration.ofHours(1));
        store.append(ROOM, List.of(message(ROOM, "old", NOW)), hour);
        store.append(ROOM, List.of(message(ROOM, "young", NOW.plusSeconds(1800))), hour);

        clock.advance(Duration.ofMinutes(61));

        assertEquals(List.of("young"), texts(store.read(ROOM, latest(10))));
        clock.advance(Duration.ofHours(1));
        assertEquals(HistoryStats.EMPTY, store.stats(ROOM));
        assertEquals(Set.of(), store.groups());
    }

    @Test
    default void thePageOfTheLatestHasTheNewestAndSaysWhetherThereIsMore() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        append(store, ROOM, "a", "b", "c");

        HistoryPage two = store.read(ROOM, latest(2));
        HistoryPage three = store.read(ROOM, latest(3));

        assertEquals(List.of("b", "c"), texts(two));
        assertTrue(two.more());
        assertFalse(three.more());
    }

    @Test
    default void scrollingBackReachesEveryMessageOnce() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        for (int i = 0; i < 27; i++) {
            append(store, ROOM, "m" + i);
        }

        HistoryPage newest = store.read(ROOM, latest(20));
        HistoryPage older = store.read(ROOM, before(newest.entries().get(0).position(), 20));

        assertEquals(20, newest.entries().size());
        assertTrue(newest.more());
        assertEquals(List.of("m0", "m1", "m2", "m3", "m4", "m5", "m6"), texts(older));
        assertFalse(older.more());
    }

    @Test
    default void whatWasMissedComesInOrderAndInPages() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        List<StreamPosition> positions = append(store, ROOM, "a", "b", "c", "d");

        HistoryPage first = store.read(ROOM, after(positions.get(0), 2));
        HistoryPage second = store.read(ROOM, after(positions.get(2), 2));

        assertEquals(List.of("b", "c"), texts(first));
        assertTrue(first.more());
        assertEquals(List.of("d"), texts(second));
        assertFalse(second.more());
    }

    @Test
    default void whoMissedNothingGetsNothing() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        List<StreamPosition> positions = append(store, ROOM, "a");

        HistoryPage page = store.read(ROOM, after(positions.get(0), 10));

        assertTrue(page.isEmpty());
        assertFalse(page.gap());
    }

    @Test
    default void whoMissedWhatIsGoneIsToldSoAndGetsNoPart() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        List<StreamPosition> positions = append(store, ROOM, "a");
        append(store, ROOM, Retention.DEFAULT.withCount(2), "b", "c", "d");

        HistoryPage page = store.read(ROOM, after(positions.get(0), 10));

        assertTrue(page.gap());
        assertTrue(page.isEmpty());
    }

    @Test
    default void aPositionOfAnotherEpochOrOfTheFutureIsAGap() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        StreamPosition last = append(store, ROOM, "a").get(0);

        assertTrue(
                store.read(ROOM, after(new StreamPosition("elsewhere", 0), 10)).gap());
        assertTrue(store.read(ROOM, after(new StreamPosition(last.epoch(), 2), 10))
                .gap());
    }

    @Test
    default void messagesAreFoundByKindSenderAndTime() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        Message notice = new Message(
                MessageId.at(NOW), ROOM, Optional.empty(), "system", NOW.minusSeconds(9), payload("joined"));
        Message early = said("ann", "early", NOW.minusSeconds(8));
        Message late = said("bob", "late", NOW.minusSeconds(7));

        store.append(ROOM, List.of(notice, early, late), Retention.DEFAULT);

        assertEquals(List.of("joined"), texts(store.read(ROOM, latest(10).ofKinds("system"))));
        assertEquals(List.of("early"), texts(store.read(ROOM, latest(10).from(new UserId("ann")))));
        assertEquals(List.of("late"), texts(store.read(ROOM, latest(10).since(NOW.minusSeconds(7)))));
    }

    @Test
    default void aClearedGroupIsEmptyAndItsPositionsGoOn() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        StreamPosition before = append(store, ROOM, "a").get(0);
        append(store, OTHER, "b");

        store.clear(ROOM);

        assertTrue(store.read(ROOM, latest(10)).isEmpty());
        assertEquals(List.of("b"), texts(store.read(OTHER, latest(10))));
        assertEquals(
                new StreamPosition(before.epoch(), 2), append(store, ROOM, "c").get(0));
    }

    @Test
    default void everythingCanBeForgottenAndForgettingNothingIsNoError() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        store.clear(ROOM);
        store.clearAll();
        append(store, ROOM, "a");
        append(store, OTHER, "b");

        store.clearAll();

        assertEquals(Set.of(), store.groups());
    }

    @Test
    default void theStatisticsTellCountBytesOldestAndNewest() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));

        store.append(
                ROOM,
                List.of(message(ROOM, "aa", NOW.minusSeconds(5)), message(ROOM, "b", NOW.minusSeconds(3))),
                Retention.DEFAULT);

        assertEquals(
                new HistoryStats(2, 3, Optional.of(NOW.minusSeconds(5)), Optional.of(NOW.minusSeconds(3))),
                store.stats(ROOM));
    }

    @Test
    default void aPageDoesNotChangeWhenMoreIsSaid() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        append(store, ROOM, "a");

        HistoryPage page = store.read(ROOM, latest(10));
        append(store, ROOM, "b");

        assertEquals(List.of("a"), texts(page));
    }

    @Test
    default void whatWasKeptAndNeverAnsweredIsNotKeptAgainByTheNextBroker() {
        HistoryStore store = newStore(InstantSource.fixed(NOW));
        Publication first = keyed("k", "ann", NOW);
        StreamPosition position;
        try (Broker broker = new LocalBroker(store)) {
            position = broker.publish(first).keptAt().orElseThrow();
        }

        try (Broker broker = new LocalBroker(store)) {
            PublishResult again = broker.publish(keyed("k", "ann", NOW.plusSeconds(60)));
            PublishResult ofAnother = broker.publish(keyed("k", "bob", NOW.plusSeconds(60)));
            PublishResult later = broker.publish(keyed("l", "ann", NOW.plusSeconds(60)));

            assertEquals(new PublishResult.Duplicate(first.id(), Optional.of(position)), again);
            assertInstanceOf(PublishResult.Appended.class, ofAnother);
            assertInstanceOf(PublishResult.Appended.class, later);
        }
    }

    private static Publication keyed(String key, String user, Instant now) {
        Content content = Content.of(key);
        return new Publication(
                MessageId.at(now),
                ROOM,
                now,
                content,
                PublishOptions.DEFAULT.from(new UserId(user)).withIdempotencyKey(key),
                Optional.of(new Publication.Keep(content.payloadIn(TextCodec.PLAIN), Retention.DEFAULT)));
    }

    private static List<StreamPosition> append(HistoryStore store, GroupName group, String... texts) {
        return append(store, group, Retention.DEFAULT, texts);
    }

    private static List<StreamPosition> append(
            HistoryStore store, GroupName group, Retention retention, String... texts) {
        List<Message> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(message(group, text, NOW));
        }
        return store.append(group, messages, retention);
    }

    private static Message message(GroupName group, String text, Instant sentAt) {
        return new Message(MessageId.at(sentAt), group, Optional.empty(), Message.PLAIN, sentAt, payload(text));
    }

    private static Message said(String user, String text, Instant sentAt) {
        return new Message(
                MessageId.at(sentAt), ROOM, Optional.of(new UserId(user)), Message.PLAIN, sentAt, payload(text));
    }

    private static Payload payload(String text) {
        return new Payload("text", Frame.text(text));
    }

    private static List<String> texts(HistoryPage page) {
        return page.payloads().stream()
                .map(payload -> ((TextFrame) payload.frame()).text())
                .toList();
    }
}
