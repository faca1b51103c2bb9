package io.channelbox.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.fake.ManualTime;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InMemoryHistoryStoreTest {

    private static final GroupName ROOM = GroupName.of("room");
    private static final Retention ALL = Retention.DEFAULT;

    private final ManualTime time = new ManualTime();
    private final InMemoryHistoryStore store = new InMemoryHistoryStore(time);

    @Test
    void positionsBeginAtOneAndHaveNoHoles() {
        List<StreamPosition> first = store.append(ROOM, List.of(message("a"), message("b")), ALL);
        StreamPosition third = append("c");

        assertEquals(List.of(1L, 2L), first.stream().map(StreamPosition::offset).toList());
        assertEquals(3, third.offset());
        assertEquals(first.get(0).epoch(), third.epoch());
    }

    @Test
    void nothingToAppendIsNoError() {
        assertEquals(List.of(), store.append(ROOM, List.of(), ALL));
    }

    @Test
    void aGroupNothingIsKnownOfHasAnEmptyHistory() {
        assertTrue(store.read(ROOM, HistoryQuery.latest(10)).isEmpty());
        assertEquals(HistoryStats.EMPTY, store.stats(ROOM));
        assertEquals(Set.of(), store.groups());
        store.clear(ROOM);
        store.clearAll();
    }

    @Test
    void theHundredAndFirstDropsTheFirstOnly() {
        Retention hundred = ALL.withCount(100);
        IntStream.rangeClosed(1, 101).forEach(i -> store.append(ROOM, List.of(message("m" + i)), hundred));

        List<String> kept = texts(store.read(ROOM, HistoryQuery.latest(1_000)));

        assertEquals(100, kept.size());
        assertEquals("m2", kept.get(0));
        assertEquals("m101", kept.get(99));
    }

    @Test
    void bytesAreThoseOfTheEncodedMessages() {
        Retention tenBytes = ALL.withBytes(10);
        append("1234", tenBytes);
        append("éé", tenBytes);
        assertEquals(8, store.stats(ROOM).bytes());

        append("12345", tenBytes);

        assertEquals(List.of("éé", "12345"), texts(store.read(ROOM, HistoryQuery.latest(10))));
        assertEquals(9, store.stats(ROOM).bytes());
    }

    @Test
    void theNewestIsKeptHoweverLarge() {
        append("small", ALL.withBytes(3));
        append("much too large", ALL.withBytes(3));

        assertEquals(List.of("much too large"), texts(store.read(ROOM, HistoryQuery.latest(10))));
    }

    @Test
    void whatIsTooOldIsGoneWithoutAnyoneWriting() {
        Retention hour = ALL.withAge(Duration.ofHours(1));
        append("old", hour);
        time.pass(Duration.ofMinutes(40));
        append("young", hour);
        time.pass(Duration.ofMinutes(20));
        assertEquals(2, store.stats(ROOM).count());

        time.pass(Duration.ofMillis(1));

        assertEquals(List.of("young"), texts(store.read(ROOM, HistoryQuery.latest(10))));
        time.pass(Duration.ofDays(1));
        assertEquals(Set.of(), store.groups());
    }

    @Test
    void anAgeWithoutEndKeepsEverything() {
        append("a", ALL.withAge(ChronoUnit.FOREVER.getDuration()));
        append("b", ALL.withAge(Duration.ofDays(365L * 1_000_000_000)));

        assertEquals(List.of("a", "b"), texts(store.read(ROOM, HistoryQuery.latest(10))));
    }

    @Test
    void theNewestPageIsToldOldestFirst() {
        append("a", "b", "c");

        HistoryPage page = store.read(ROOM, HistoryQuery.latest(2));

        assertEquals(List.of("b", "c"), texts(page));
        assertTrue(page.more());
        assertFalse(store.read(ROOM, HistoryQuery.latest(3)).more());
    }

    @Test
    void scrollingBackComesToTheBeginning() {
        IntStream.rangeClosed(1, 27).forEach(i -> append("m" + i));

        HistoryPage newest = store.read(ROOM, HistoryQuery.latest(20));
        HistoryPage older =
                store.read(ROOM, HistoryQuery.before(newest.entries().get(0).position(), 20));

        assertEquals("m8", texts(newest).get(0));
        assertEquals(7, older.entries().size());
        assertEquals("m1", texts(older).get(0));
        assertFalse(older.more());
    }

    @Test
    void whatFollowsAPositionComesOldestFirstPageByPage() {
        StreamPosition first = append("m1");
        IntStream.rangeClosed(2, 25).forEach(i -> append("m" + i));

        List<String> all = new ArrayList<>();
        HistoryPage page = store.read(ROOM, HistoryQuery.after(first, 10));
        all.addAll(texts(page));
        while (page.more()) {
            page = store.read(
                    ROOM,
                    HistoryQuery.after(
                            page.entries().get(page.entries().size() - 1).position(), 10));
            all.addAll(texts(page));
        }

        assertEquals(IntStream.rangeClosed(2, 25).mapToObj(i -> "m" + i).toList(), all);
        assertEquals(25, page.top().orElseThrow().offset());
    }

    @Test
    void whoHasReadAllMissedNothing() {
        StreamPosition last = append("a");

        HistoryPage page = store.read(ROOM, HistoryQuery.after(last, 10));

        assertTrue(page.isEmpty());
        assertFalse(page.gap());
    }

    @Test
    void whatIsGoneIsAGapAndNoPartIsToldAsTheWhole() {
        StreamPosition first = append("a", ALL.withCount(2));
        StreamPosition second = append("b", ALL.withCount(2));
        append("c", ALL.withCount(2));
        assertFalse(store.read(ROOM, HistoryQuery.after(first, 10)).gap(), "b and c are all that followed");
        append("d", ALL.withCount(2));

        HistoryPage gap = store.read(ROOM, HistoryQuery.after(first, 10));

        assertTrue(gap.gap());
        assertTrue(gap.isEmpty());
        assertFalse(store.read(ROOM, HistoryQuery.after(second, 10)).gap());
    }

    @Test
    void aPositionOfAnotherEpochOrAheadOfUsIsAGap() {
        StreamPosition last = append("a");

        assertTrue(store.read(ROOM, HistoryQuery.after(new StreamPosition("other", 1), 10))
                .gap());
        assertTrue(store.read(ROOM, HistoryQuery.after(new StreamPosition(last.epoch(), 2), 10))
                .gap());
        assertTrue(store.read(GroupName.of("unknown"), HistoryQuery.after(last, 10))
                .gap());
    }

    @Test
    void clearingForgetsTheMessagesAndGoesOnCounting() {
        StreamPosition last = append("a", "b");
        store.append(GroupName.of("other"), List.of(message("x")), ALL);

        store.clear(ROOM);
        StreamPosition next = append("c");

        assertEquals(new StreamPosition(last.epoch(), 3), next);
        assertEquals(List.of("c"), texts(store.read(ROOM, HistoryQuery.latest(10))));
        assertEquals(1, store.stats(GroupName.of("other")).count());
        assertTrue(store.read(ROOM, HistoryQuery.after(new StreamPosition(last.epoch(), 1), 10))
                .gap());
        store.clearAll();
        assertEquals(Set.of(), store.groups());
    }

    @Test
    void messagesAreFoundByKindSenderAndTime() {
        var ann = new UserId("ann");
        store.append(ROOM, List.of(message("plain")), ALL);
        store.append(ROOM, List.of(message("notice", "joined", Optional.of(ann))), ALL);
        time.pass(Duration.ofSeconds(10));
        store.append(ROOM, List.of(message("late", "message", Optional.of(ann))), ALL);

        HistoryQuery all = HistoryQuery.latest(10);

        assertEquals(List.of("notice"), texts(store.read(ROOM, all.ofKinds("joined", "left"))));
        assertEquals(List.of("notice", "late"), texts(store.read(ROOM, all.from(ann))));
        assertEquals(List.of("late"), texts(store.read(ROOM, all.since(time.instant()))));
        assertEquals(List.of("late"), texts(store.read(ROOM, all.from(ann).ofKinds("message"))));
    }

    @Test
    void statsTellCountBytesOldestAndNewest() {
        append("12");
        var oldest = time.instant();
        time.pass(Duration.ofSeconds(5));
        append("345");

        assertEquals(new HistoryStats(2, 5, Optional.of(oldest), Optional.of(time.instant())), store.stats(ROOM));
        assertEquals(Set.of(ROOM), store.groups());
    }

    @Test
    void aHundredThousandGroupNamesDoNotAccumulate() {
        for (int i = 0; i < 100_000; i++) {
            store.append(GroupName.of("room" + i), List.of(message("x")), ALL);
        }

        assertTrue(store.rememberedGroups() <= 10_000, () -> "remembers " + store.rememberedGroups());
        assertEquals(1, store.stats(GroupName.of("room99999")).count());
    }

    @Test
    void groupsWhoseMessagesAreTooOldAreForgottenLongBeforeTheBound() {
        Retention brief = ALL.withAge(Duration.ofSeconds(1));
        for (int i = 0; i < 5_000; i++) {
            store.append(GroupName.of("room" + i), List.of(message("x")), brief);
            if (i % 100 == 0) {
                time.pass(Duration.ofSeconds(2));
            }
        }

        assertTrue(store.rememberedGroups() < 3_000, () -> "remembers " + store.rememberedGroups());
    }

    @Test
    void theGroupThatWasSilentForLongestIsForgottenFirstAndBeginsANewEpoch() {
        var small = new InMemoryHistoryStore(time, 10, 1 << 20);
        StreamPosition before = small.append(ROOM, List.of(message("x")), ALL).get(0);
        for (int i = 0; i < 10; i++) {
            small.append(GroupName.of("room" + i), List.of(message("x")), ALL);
        }

        assertTrue(small.read(ROOM, HistoryQuery.latest(10)).isEmpty());
        assertTrue(small.read(ROOM, HistoryQuery.after(before, 10)).gap());
        StreamPosition after = small.append(ROOM, List.of(message("y")), ALL).get(0);
        assertNotEquals(before.epoch(), after.epoch());
        assertEquals(1, after.offset());
        assertTrue(small.read(ROOM, HistoryQuery.after(before, 10)).gap());
    }

    @Test
    void allGroupsTogetherHaveABoundOfHeapAndTheOneLastWrittenToStays() {
        var small = new InMemoryHistoryStore(time, 1_000, 4_200);
        for (int i = 0; i < 20; i++) {
            small.append(GroupName.of("room" + i), List.of(message("0123456789")), ALL);
        }
        assertTrue(small.rememberedGroups() <= 10);

        small.append(ROOM, List.of(message("x".repeat(5_000))), ALL);

        assertEquals(1, small.stats(ROOM).count());
        assertEquals(Set.of(ROOM), small.groups());
    }

    @Test
    void aStoreThatKeepsNothingIsAlwaysEmpty() {
        HistoryStore nothing = NoHistoryStore.INSTANCE;

        assertEquals(List.of(), nothing.append(ROOM, List.of(message("x")), ALL));
        assertTrue(nothing.read(ROOM, HistoryQuery.latest(10)).isEmpty());
        assertTrue(nothing.read(ROOM, HistoryQuery.after(new StreamPosition("e", 1), 10))
                .gap());
        assertEquals(HistoryStats.EMPTY, nothing.stats(ROOM));
        assertEquals(Set.of(), nothing.groups());
    }

    @Test
    void questionsThatMakeNoSenseAreRefused() {
        var position = new StreamPosition("e", 1);
        assertThrows(IllegalArgumentException.class, () -> HistoryQuery.latest(0));
        assertThrows(IllegalArgumentException.class, () -> HistoryQuery.latest(HistoryQuery.LARGEST + 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HistoryQuery(
                        5, Optional.of(position), Optional.of(position), Set.of(), Optional.empty(), Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new StreamPosition("e", -1));
        assertThrows(IllegalArgumentException.class, () -> ALL.withCount(0));
        assertThrows(IllegalArgumentException.class, () -> ALL.withBytes(0));
        assertThrows(IllegalArgumentException.class, () -> ALL.withAge(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new InMemoryHistoryStore(time, 0, 1));
    }

    private StreamPosition append(String... texts) {
        var last = new StreamPosition("none", 0);
        for (String text : texts) {
            last = append(text, ALL);
        }
        return last;
    }

    private StreamPosition append(String text, Retention retention) {
        return store.append(ROOM, List.of(message(text)), retention).get(0);
    }

    private Message message(String text) {
        return message(text, Message.PLAIN, Optional.empty());
    }

    private Message message(String text, String kind, Optional<UserId> sender) {
        var payload = new Payload("text", Frame.text(text));
        return new Message(MessageId.at(time.instant()), ROOM, sender, kind, time.instant(), payload);
    }

    private static List<String> texts(HistoryPage page) {
        return page.payloads().stream()
                .map(payload -> ((TextFrame) payload.frame()).text())
                .toList();
    }
}
