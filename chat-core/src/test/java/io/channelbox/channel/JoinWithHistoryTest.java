package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.HookedStore;
import io.channelbox.fake.ManualTime;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** History first, then live, without gap and without repeat: at every step of joining somebody else does something. */
@Timeout(60)
class JoinWithHistoryTest {

    /** Between the steps of joining. */
    private enum Step {
        JOINED_AND_NOT_READ,
        READ_AND_NOT_REPLIED,
        REPLYING,
        REPLIED_AND_NOT_LIVE,
        LIVE
    }

    private static final PublishOptions KEPT = PublishOptions.DEFAULT.savingHistory();

    private final HookedStore store = new HookedStore(new ManualTime());
    private final TestBox test = new TestBox(builder -> builder.history(store)
            .historyCodec(TextCodec.PLAIN)
            .groups("short", GroupSettings.DEFAULT.saving(Retention.DEFAULT.withCount(3)))
            .intercept(new FirstFrame()));
    private final Group room = test.box.group("room");
    private final Elsewhere elsewhere = new Elsewhere();
    private final AtomicInteger lastSaid = new AtomicInteger();
    private Runnable whenTheFirstFrameLeaves = () -> {};

    @AfterEach
    void stop() {
        elsewhere.close();
    }

    static Stream<Set<Step>> everySetOfSteps() {
        Step[] all = Step.values();
        return IntStream.range(0, 1 << all.length).mapToObj(bits -> {
            Set<Step> steps = EnumSet.noneOf(Step.class);
            IntStream.range(0, all.length).filter(i -> (bits >> i & 1) == 1).forEach(i -> steps.add(all[i]));
            return steps;
        });
    }

    @ParameterizedTest
    @MethodSource("everySetOfSteps")
    void whatIsKeptComesOnceAndInOrderWheneverItIsSaid(Set<Step> steps) {
        sayKept(3);
        Peer ann = test.enter("ann");

        join(ann, steps, () -> elsewhere.run(() -> sayKept(2)));

        assertEquals(numbers(lastSaid.get()), ann.texts());
        assertEquals(3 + 2 * steps.size(), lastSaid.get());
    }

    @ParameterizedTest
    @MethodSource("everySetOfSteps")
    void whatIsNotKeptComesOnceToo(Set<Step> steps) {
        sayKept(3);
        Peer ann = test.enter("ann");
        var passing = new AtomicInteger();

        join(
                ann,
                steps,
                () -> elsewhere.run(() -> {
                    room.broadcast("passing " + passing.incrementAndGet());
                    sayKept(1);
                    room.broadcast("passing " + passing.incrementAndGet());
                }));

        List<String> kept =
                ann.texts().stream().filter(text -> !text.startsWith("passing")).toList();
        List<String> notKept =
                ann.texts().stream().filter(text -> text.startsWith("passing")).toList();
        assertEquals(numbers(lastSaid.get()), kept);
        assertEquals(
                IntStream.rangeClosed(1, 2 * steps.size())
                        .mapToObj(i -> "passing " + i)
                        .toList(),
                notKept);
    }

    @ParameterizedTest
    @MethodSource("everySetOfSteps")
    void aPublisherWhoArrivesInTheVeryStepOfGoingLiveOnlyWaits(Set<Step> steps) throws InterruptedException {
        sayKept(3);
        Peer ann = test.enter("ann");
        var publisher = new Thread(() -> sayKept(2));
        whenTheFirstFrameLeaves = publisher::start;

        join(ann, steps, () -> elsewhere.run(() -> sayKept(1)));
        publisher.join();
        store.beforeRead(() -> {}).afterRead(() -> {});

        assertEquals(numbers(lastSaid.get()), sorted(ann.texts()));
        assertEquals(
                ann.texts(),
                room.history(HistoryQuery.latest(100)).entries().stream()
                        .map(entry -> ((TextFrame) entry.message().payload().frame()).text())
                        .toList());
    }

    @Test
    void whatIsKeptAndNotYetToldWhenSomeoneJoinsComesOnce() {
        sayKept(3);
        Peer ann = test.enter("ann");
        store.afterAppend(() -> elsewhere.run(() -> join(ann, Set.of(), () -> {})));

        sayKept(1);
        store.afterAppend(() -> {});
        sayKept(1);

        assertEquals(numbers(5), ann.texts());
    }

    @Test
    void aHistoryLargerThanTheOutboxIsToldAllTheSame() {
        try (ChannelBox small = ChannelBox.builder()
                .historyCodec(TextCodec.PLAIN)
                .outbox(OutboxLimits.DEFAULT.withBytes(20).withFrames(2))
                .build()) {
            var connection = new RecordingConnection();
            Channel ann = small.open(connection, Opening.of(User.named("ann"), TextCodec.PLAIN));
            connection.tell(ann);
            List<String> said =
                    IntStream.range(0, 50).mapToObj(i -> "message " + i).toList();
            said.forEach(text -> small.group("room").broadcast(text, KEPT));

            small.group("room")
                    .joinWithHistory(
                            ann,
                            HistoryQuery.latest(50),
                            (page, out) -> page.payloads().forEach(out));

            assertEquals(said, connection.texts());
            assertTrue(ann.isOpen());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JOINED_AND_NOT_READ", "READ_AND_NOT_REPLIED", "REPLYING", "REPLIED_AND_NOT_LIVE"})
    void whoLeavesMeanwhileGetsNothing(Step step) {
        sayKept(3);
        Peer ann = test.enter("ann");

        join(ann, EnumSet.of(step), () -> elsewhere.run(() -> room.leave(ann.channel())));
        sayKept(1);

        assertEquals(List.of(), ann.texts());
        assertEquals(Set.of(), test.box.groups());
        assertTrue(ann.channel().isOpen());
    }

    @ParameterizedTest
    @EnumSource(names = {"JOINED_AND_NOT_READ", "READ_AND_NOT_REPLIED", "REPLYING", "REPLIED_AND_NOT_LIVE"})
    void whoEndsMeanwhileIsNoMember(Step step) {
        sayKept(3);
        Peer ann = test.enter("ann");

        join(ann, EnumSet.of(step), () -> elsewhere.run(() -> ann.channel().ended(CloseStatus.ABNORMAL)));
        sayKept(1);

        assertEquals(List.of(), ann.texts());
        assertEquals(Set.of(), test.box.groups());
        assertFalse(room.contains(ann.channel()));
    }

    @ParameterizedTest
    @EnumSource(names = {"JOINED_AND_NOT_READ", "READ_AND_NOT_REPLIED", "REPLYING", "REPLIED_AND_NOT_LIVE"})
    void whoLeavesAndJoinsAgainMeanwhileIsAMemberOnceAndLive(Step step) {
        sayKept(3);
        Peer ann = test.enter("ann");

        join(
                ann,
                EnumSet.of(step),
                () -> elsewhere.run(() -> {
                    room.leave(ann.channel());
                    room.join(ann.channel());
                    sayKept(1);
                }));
        sayKept(1);

        assertEquals(List.of("4", "5"), ann.texts(), "the first join is over, and its history with it");
        assertEquals(1, room.size());
    }

    @Test
    void aJoinThatFailsLateDoesNotUndoALaterOne() {
        Peer ann = test.enter("ann");
        store.afterRead(() -> {
            elsewhere.run(() -> {
                room.leave(ann.channel());
                room.join(ann.channel());
            });
            throw new StoreException("lost the database", new IOException());
        });

        assertThrows(
                StoreException.class,
                () -> room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), JoinWithHistoryTest::eachEntry));
        room.broadcast("still here");

        assertEquals(List.of("still here"), ann.texts());
        assertTrue(room.contains(ann.channel()));
    }

    @Test
    void aHistoryThatCannotBeReadMakesNoMember() {
        Peer ann = test.enter("ann");
        store.beforeRead(() -> {
            elsewhere.run(() -> sayKept(1));
            throw new StoreException("lost the database", new IOException());
        });

        assertThrows(
                StoreException.class,
                () -> room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), JoinWithHistoryTest::eachEntry));

        assertEquals(Set.of(), test.box.groups());
        assertEquals(List.of(), ann.texts());
        store.beforeRead(() -> {});
        assertEquals(
                JoinStatus.GROUP_CREATED,
                room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), JoinWithHistoryTest::eachEntry));
        assertEquals(List.of("1"), ann.texts());
    }

    @Test
    void aReplyThatThrowsMakesNoMember() {
        Peer ann = test.enter("ann");

        assertThrows(
                IllegalStateException.class,
                () -> room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), (page, out) -> {
                    out.accept("half of it");
                    throw new IllegalStateException("the application's");
                }));

        assertFalse(room.contains(ann.channel()));
        assertEquals(List.of(), ann.texts());
    }

    @Test
    void aReplyThatCannotBeWrittenMakesNoMember() {
        Peer ann = test.enter("ann", BinaryCodec.PLAIN);

        assertThrows(
                IllegalArgumentException.class,
                () -> room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), page -> Map.of()));

        assertFalse(room.contains(ann.channel()));
    }

    @Test
    void aMemberThatJoinsAgainGetsNothing() {
        sayKept(3);
        Peer ann = test.enter("ann", "room");

        JoinStatus status =
                room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), JoinWithHistoryTest::eachEntry);

        assertEquals(JoinStatus.ALREADY_MEMBER, status);
        assertEquals(List.of(), ann.texts());
    }

    @Test
    void anEndedChannelGetsNothing() {
        Peer ann = test.enter("ann");
        ann.channel().ended(CloseStatus.NORMAL);

        assertEquals(
                JoinStatus.CHANNEL_ENDED,
                room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), JoinWithHistoryTest::eachEntry));
    }

    @Test
    void joiningIsNotPagingBack() {
        Peer ann = test.enter("ann");
        var query = HistoryQuery.before(new StreamPosition("e", 3), 10);

        assertThrows(
                IllegalArgumentException.class,
                () -> room.joinWithHistory(ann.channel(), query, JoinWithHistoryTest::eachEntry));

        assertFalse(room.contains(ann.channel()));
    }

    @Test
    void onlyTheNewestAreToldAndTheyAreContiguousWithWhatFollows() {
        sayKept(60);
        Peer ann = test.enter("ann");
        store.beforeRead(() -> elsewhere.run(() -> sayKept(5)));

        room.joinWithHistory(ann.channel(), HistoryQuery.latest(50), JoinWithHistoryTest::eachEntry);
        sayKept(1);

        assertEquals(numbers(66).subList(15, 66), ann.texts());
    }

    @Test
    void oneWhoComesBackGetsExactlyWhatWasMissedHoweverManyPages() {
        StreamPosition left = sayKept(3);
        sayKept(25);
        Peer ann = test.enter("ann");
        var pages = new AtomicInteger();
        store.beforeRead(() -> elsewhere.run(() -> sayKept(1)));

        room.joinWithHistory(ann.channel(), HistoryQuery.after(left, 10), (page, out) -> {
            pages.incrementAndGet();
            eachEntry(page, out);
        });
        store.beforeRead(() -> {});
        sayKept(1);

        assertTrue(pages.get() >= 3);
        assertEquals(numbers(lastSaid.get()).subList(3, lastSaid.get()), ann.texts());
    }

    @Test
    void oneWhoMissedNothingGetsNothing() {
        StreamPosition left = sayKept(3);
        Peer ann = test.enter("ann");

        room.joinWithHistory(ann.channel(), HistoryQuery.after(left, 10), JoinWithHistoryTest::eachEntry);
        sayKept(1);

        assertEquals(List.of("4"), ann.texts());
    }

    @Test
    void whatWasTrimmedIsAGapAndNoPartOfTheRest() {
        Group brief = test.box.group("short:1");
        StreamPosition left = brief.broadcast("0").position().orElseThrow();
        IntStream.rangeClosed(1, 9).forEach(i -> brief.broadcast(i));
        Peer ann = test.enter("ann");
        var pages = new ArrayList<HistoryPage>();

        brief.joinWithHistory(ann.channel(), HistoryQuery.after(left, 10), (page, out) -> pages.add(page));
        brief.broadcast("live");

        assertTrue(pages.get(0).gap());
        assertEquals(List.of(), pages.get(0).entries());
        assertEquals(10, pages.get(0).top().orElseThrow().offset());
        assertEquals(List.of("live"), ann.texts());
    }

    @Test
    void aPositionInAGroupThatTheStoreKnowsNothingOfIsAGap() {
        Peer ann = test.enter("ann");
        var pages = new ArrayList<HistoryPage>();

        room.joinWithHistory(
                ann.channel(),
                HistoryQuery.after(new StreamPosition("before the restart", 57), 10),
                (page, out) -> pages.add(page));

        assertTrue(pages.get(0).gap(), "the store began anew, and what came after 57 is gone");
    }

    @Test
    void moreThanCanBeHeldClosesTheChannelAndLeavesNoHole() {
        var small = new TestBox(builder -> builder.history(store).outbox(OutboxLimits.DEFAULT.withBytes(10)));
        Group group = small.box.group("room");
        Peer ann = small.enter("ann");
        var closed = new AtomicInteger();
        store.afterRead(() -> elsewhere.run(() -> {
            group.broadcast("123456");
            closed.addAndGet(group.broadcast("too much").closed());
            group.broadcast("7");
        }));

        group.joinWithHistory(ann.channel(), HistoryQuery.latest(10), page -> "page");
        small.executor.run();

        assertEquals(1, closed.get());
        assertEquals(List.of(), ann.texts(), "no frame may come after one that is missing");
        assertEquals(List.of(4413), ann.closeCodes());
    }

    @Test
    void aSlowJoinerDelaysNobody() {
        Peer slow = test.enter("slow");
        slow.connection().sending(Sends.LATER);
        Peer bob = test.enter("bob", "room");
        store.afterRead(() -> elsewhere.run(() -> sayKept(3)));

        room.joinWithHistory(slow.channel(), HistoryQuery.latest(10), JoinWithHistoryTest::eachEntry);

        assertEquals(numbers(3), bob.texts());
        slow.connection().completeAll();
        assertEquals(numbers(3), slow.texts());
    }

    @Test
    void theInboxIsReplayedLikeARoom() {
        Peer ann = test.enter(Opening.of(User.named("ann"), TextCodec.PLAIN).joiningInboxLater());
        test.box.sendToUser(ann.channel().user().id(), "while you were away", KEPT);

        test.box
                .inbox(ann.channel().user().id())
                .joinWithHistory(ann.channel(), HistoryQuery.latest(10), JoinWithHistoryTest::eachEntry);
        test.box.sendToUser(ann.channel().user().id(), "now");

        assertEquals(List.of("while you were away", "now"), ann.texts());
    }

    /** Joins, and does something in each of these steps. */
    private void join(Peer peer, Set<Step> steps, Runnable something) {
        store.beforeRead(() -> in(Step.JOINED_AND_NOT_READ, steps, something));
        store.afterRead(() -> in(Step.READ_AND_NOT_REPLIED, steps, something));
        room.joinWithHistory(peer.channel(), HistoryQuery.latest(100), (page, out) -> {
            in(Step.REPLYING, steps, something);
            eachEntry(page, out);
            in(Step.REPLIED_AND_NOT_LIVE, steps, something);
        });
        in(Step.LIVE, steps, something);
    }

    private static void in(Step step, Set<Step> steps, Runnable something) {
        if (steps.contains(step)) {
            something.run();
        }
    }

    private static void eachEntry(HistoryPage page, Consumer<Object> out) {
        page.payloads().forEach(out);
    }

    /** Says the next numbers and returns the position of the last one. */
    private StreamPosition sayKept(int count) {
        var last = new StreamPosition("none", 0);
        for (int i = 0; i < count; i++) {
            last = room.broadcast(lastSaid.incrementAndGet(), KEPT).position().orElseThrow();
        }
        return last;
    }

    private static List<String> numbers(int to) {
        return IntStream.rangeClosed(1, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> sorted(List<String> numbers) {
        return numbers.stream()
                .map(Integer::valueOf)
                .sorted()
                .map(Object::toString)
                .toList();
    }

    /** Steps in while the joiner goes live. */
    private final class FirstFrame implements ChannelInterceptor {
        @Override
        public Optional<Frame> onOutbound(Channel channel, Frame frame) {
            Runnable once = whenTheFirstFrameLeaves;
            whenTheFirstFrameLeaves = () -> {};
            once.run();
            return Optional.of(frame);
        }
    }
}
