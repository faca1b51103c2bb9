package io.channelbox.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.Content;
import io.channelbox.fake.HookedStore;
import io.channelbox.fake.ManualTime;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.NoHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalBrokerTest {

    private static final GroupName ROOM = GroupName.of("room");
    private static final Deliveries ONE = new Deliveries(1, 0, 0);

    private final ManualTime time = new ManualTime();
    private final HookedStore store = new HookedStore(time);
    private final LocalBroker broker = new LocalBroker(store, time::nanoTime);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final List<StreamPosition> positions = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatIsKeptIsAppendedAndTold() {
        watch(broker);

        PublishResult result = broker.publish(kept("a"));

        var appended = assertInstanceOf(PublishResult.Appended.class, result);
        assertEquals(1, appended.position().offset());
        assertEquals(ONE, appended.deliveries());
        assertEquals(List.of("a"), told);
        assertEquals(List.of(appended.position()), positions);
    }

    @Test
    void whatIsNotKeptIsTold() {
        watch(broker);

        assertEquals(new PublishResult.Sent(ONE), broker.publish(passing("a")));

        assertTrue(store.read(ROOM, HistoryQuery.latest(10)).isEmpty());
    }

    @Test
    void whatNobodyHereWatchesIsKeptAndToldToNobody() {
        broker.start(receiver(this::receive));

        assertInstanceOf(PublishResult.Appended.class, broker.publish(kept("a")));
        broker.watch(ROOM);
        broker.unwatch(ROOM);
        broker.publish(kept("b"));

        assertEquals(List.of(), told);
        assertEquals(2, store.stats(ROOM).count());
    }

    @Test
    void aStoreThatKeepsNothingTellsAll() {
        var forgetful = new LocalBroker(NoHistoryStore.INSTANCE);
        watch(forgetful);

        assertEquals(new PublishResult.Sent(ONE), forgetful.publish(kept("a")));
    }

    @Test
    void whatCannotBeKeptIsToldToNobody() {
        watch(broker);
        store.beforeAppend(() -> {
            throw new StoreException("disk full", new IOException());
        });

        assertThrows(StoreException.class, () -> broker.publish(kept("a", keyed("k"))));
        store.beforeAppend(() -> {});

        assertEquals(List.of(), told);
        assertInstanceOf(
                PublishResult.Appended.class, broker.publish(kept("a", keyed("k"))), "and it can be tried again");
    }

    @Test
    void whatComesAfterAFailureOfTheStoreIsNotHeldUp() {
        watch(broker);
        store.beforeAppend(() -> {
            throw new StoreException("disk full", new IOException());
        });
        assertThrows(StoreException.class, () -> broker.publish(kept("a")));

        assertEquals(new PublishResult.Sent(ONE), broker.publish(passing("b")));
    }

    @Test
    void concurrentPublishersAreToldInTheOrderOfTheirPositionsWithoutHoles() throws Exception {
        watch(broker);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int me = thread;
            all.add(threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    broker.publish(i % 5 == 0 ? passing(me + ":" + i) : kept(me + ":" + i));
                }
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }

        assertEquals(
                LongStream.rangeClosed(1, 6_400).boxed().toList(),
                positions.stream().map(StreamPosition::offset).toList());
        assertEquals(8_000, new HashSet<>(told).size());
        for (int thread = 0; thread < 8; thread++) {
            String mine = thread + ":";
            List<Integer> order = told.stream()
                    .filter(text -> text.startsWith(mine))
                    .map(text -> Integer.valueOf(text.substring(2)))
                    .toList();
            assertEquals(order.stream().sorted().toList(), order, "each publisher in its own order");
        }
    }

    @Test
    void thoseWhoArriveWhileTheStoreIsBusyAreKeptInOneStep() throws Exception {
        var busy = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var appends = new AtomicInteger();
        store.beforeAppend(() -> {
            if (appends.incrementAndGet() == 1) {
                busy.countDown();
                await(free);
            }
        });
        watch(broker);
        var arrived = new AtomicInteger();
        List<Future<PublishResult>> all = new ArrayList<>();
        all.add(threads.submit(() -> broker.publish(kept("first"))));
        await(busy);
        List<Thread> behind = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            var thread = new Thread(() -> {
                broker.publish(kept("m" + number));
                arrived.incrementAndGet();
            });
            thread.start();
            behind.add(thread);
        }
        while (!behind.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait(); // until all stand in the queue
        }
        free.countDown();
        for (Thread each : behind) {
            each.join();
        }

        assertEquals(2, appends.get(), "the first one, and all the others together");
        assertEquals(10, arrived.get());
        assertEquals(11, told.size());
        assertInstanceOf(PublishResult.Appended.class, all.get(0).get());
    }

    @Test
    void theSameKeyAgainIsTheSameMessage() {
        watch(broker);

        Publication said = kept("a", keyed("k"));

        PublishResult first = broker.publish(said);
        PublishResult again = broker.publish(kept("a", keyed("k")));

        assertEquals(new PublishResult.Duplicate(said.id(), first.keptAt()), again);
        assertEquals(Deliveries.NONE, again.deliveries());
        assertEquals(List.of("a"), told);
        assertEquals(1, store.stats(ROOM).count());
    }

    @Test
    void theSameKeyOfAnotherSenderOrGroupIsAnotherMessage() {
        watch(broker);
        broker.publish(kept("a", keyed("k")));

        broker.publish(kept("b", keyed("k").from(new UserId("ann"))));
        broker.publish(kept("c", keyed("k").from(new UserId("bob"))));
        broker.publish(publication(GroupName.of("other"), "d", keyed("k"), true));

        assertEquals(List.of("a", "b", "c"), told);
        assertEquals(1, store.stats(GroupName.of("other")).count());
    }

    @Test
    void aKeyHoldsForFiveMinutesAndForWhatIsNotKeptToo() {
        watch(broker);
        Publication said = passing("a", keyed("k"));
        broker.publish(said);
        time.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertEquals(
                new PublishResult.Duplicate(said.id(), Optional.empty()), broker.publish(passing("b", keyed("k"))));

        time.pass(Duration.ofSeconds(1));
        broker.publish(passing("c", keyed("k")));

        assertEquals(List.of("a", "c"), told);
    }

    @Test
    void aKeyIsKnownAgainHoweverManyOthersAreAskedForMoreOften() {
        watch(broker);
        IntStream.range(0, 1_000).forEach(i -> {
            broker.publish(passing("often", keyed("often")));
            broker.publish(passing("once", keyed("once " + i)));
        });

        IntStream.range(0, 1_000)
                .forEach(i -> assertInstanceOf(
                        PublishResult.Duplicate.class, broker.publish(passing("once", keyed("once " + i)))));
    }

    @Test
    void aStoreThatMiscountsIsNamedAndNobodyIsTold() {
        store.answering(positions -> List.of(positions.get(0), positions.get(0)));
        watch(broker);

        IllegalStateException broken = assertThrows(IllegalStateException.class, () -> broker.publish(kept("a")));

        assertTrue(String.valueOf(broken.getMessage()).contains("2 positions for 1 messages"));
        assertEquals(List.of(), told);
    }

    @Test
    void ofTooManyKeysTheOldestAreForgotten() {
        watch(broker);
        IntStream.range(0, 200_001).forEach(i -> broker.publish(passing("a", keyed("k" + i))));

        assertInstanceOf(PublishResult.Duplicate.class, broker.publish(passing("a", keyed("k200000"))));
        assertInstanceOf(PublishResult.Sent.class, broker.publish(passing("a", keyed("k0"))));
    }

    @Test
    void aKeyThatWasKeptBeforeIsKnownForTheRestOfItsFiveMinutes() {
        Publication said = kept("a", keyed("k"));
        Optional<StreamPosition> position = broker.publish(said).keptAt();
        broker.close();
        time.pass(Duration.ofMinutes(4));
        var next = new LocalBroker(store, time::nanoTime);
        watch(next);

        PublishResult again = next.publish(kept("b", keyed("k")));
        time.pass(Duration.ofMinutes(1));
        PublishResult afterIt = next.publish(kept("c", keyed("k")));

        assertEquals(new PublishResult.Duplicate(said.id(), position), again);
        assertInstanceOf(PublishResult.Appended.class, afterIt);
        assertEquals(List.of("c"), told);
    }

    @Test
    void eachGroupIsReadForKeysOnceAndOnlyInTheFirstMinutes() {
        var reads = new AtomicInteger();
        store.beforeRead(reads::incrementAndGet);
        watch(broker);

        broker.publish(kept("no key"));
        broker.publish(passing("a", keyed("a")));
        broker.publish(kept("b", keyed("b")));
        assertEquals(1, reads.get());
        broker.publish(publication(GroupName.of("other"), "c", keyed("c"), true));
        assertEquals(2, reads.get());
        time.pass(Duration.ofMinutes(5));
        broker.publish(publication(GroupName.of("third"), "d", keyed("d"), true));

        assertEquals(2, reads.get());
    }

    @Test
    void ofALongHistoryTheNewestKeysAreRead() {
        for (int i = 0; i < 2_500; i++) {
            broker.publish(kept("a", keyed("k" + i)));
        }
        var next = new LocalBroker(store, time::nanoTime);

        for (int i = 0; i < 2_500; i++) {
            assertInstanceOf(PublishResult.Duplicate.class, next.publish(kept("a", keyed("k" + i))));
        }
    }

    @Test
    void whatWasKeptByAnAppendThatFailedIsNotKeptAgain() {
        watch(broker);
        time.pass(Duration.ofMinutes(6));
        store.afterAppend(() -> {
            throw new StoreException("the answer was lost", new IOException());
        });
        assertThrows(StoreException.class, () -> broker.publish(kept("a", keyed("k"))));
        store.afterAppend(() -> {});

        assertInstanceOf(PublishResult.Duplicate.class, broker.publish(kept("a", keyed("k"))));
        assertEquals(1, store.stats(ROOM).count());
    }

    @Test
    void whereTheStoreCannotBeReadNobodyKnowsWhetherItIsARepetitionAndNobodyIsTold() {
        watch(broker);
        store.beforeRead(() -> {
            throw new StoreException("not now", new IOException());
        });

        assertThrows(StoreException.class, () -> broker.publish(kept("a", keyed("k"))));
        broker.publish(kept("b"));
        store.beforeRead(() -> {});
        broker.publish(kept("a", keyed("k")));

        assertEquals(List.of("b", "a"), told);
    }

    @Test
    void whoFloodsMakesTheBrokerForgetTheirOwnKeysOnly() {
        watch(broker);
        PublishOptions ann = keyed("k").from(new UserId("ann"));
        broker.publish(passing("a", ann));
        broker.publish(passing("app", keyed("k")));
        for (int i = 0; i < 250_000; i++) {
            broker.publish(passing("flood", keyed("k" + i).from(new UserId("bob"))));
        }

        assertInstanceOf(PublishResult.Duplicate.class, broker.publish(passing("a", ann)));
        assertInstanceOf(PublishResult.Duplicate.class, broker.publish(passing("app", keyed("k"))));
        assertInstanceOf(PublishResult.Duplicate.class, bobs(249_000), "the oldest of a thousand");
        assertInstanceOf(PublishResult.Sent.class, bobs(248_999), "one more");
    }

    private PublishResult bobs(int number) {
        return broker.publish(passing("flood", keyed("k" + number).from(new UserId("bob"))));
    }

    @Test
    void ofTooManySendersTheOldestKeysAreForgottenAndNothingRemainsOfTheirSenders() {
        var keys = new RecentKeys(time::nanoTime);
        for (int i = 0; i < 300_000; i++) {
            keys.add(new Pending(passing("a", keyed("k").from(new UserId("u" + i)))), Optional.empty());
        }
        assertEquals(RecentKeys.MOST, keys.size());
        assertEquals(RecentKeys.MOST, keys.senders());

        time.pass(RecentKeys.KEPT);
        for (int i = 0; i < RecentKeys.MOST; i++) {
            keys.add(new Pending(passing("a", keyed("k" + i % 10))), Optional.empty());
        }

        assertEquals(10, keys.size(), "what is too old goes while others come");
        assertEquals(0, keys.senders());
    }

    @Test
    void afterAnAppendThatFailedOnlyItsGroupIsReadAgain() {
        var reads = new AtomicInteger();
        watch(broker);
        GroupName other = GroupName.of("other");
        broker.publish(publication(other, "a", keyed("a"), true));
        store.beforeAppend(() -> {
            throw new StoreException("disk full", new IOException());
        });
        assertThrows(StoreException.class, () -> broker.publish(kept("b", keyed("b"))));
        store.beforeAppend(() -> {});
        store.beforeRead(reads::incrementAndGet);

        broker.publish(publication(other, "c", keyed("c"), true));
        assertEquals(0, reads.get());
        broker.publish(kept("b", keyed("b")));
        broker.publish(kept("d", keyed("d")));

        assertEquals(1, reads.get());
    }

    @Test
    void ofGroupsWhoseAppendsFailABoundedNumberIsRemembered() {
        time.pass(Duration.ofMinutes(6));
        var kept = new KeptKeys(store, new RecentKeys(time::nanoTime), time::nanoTime);
        for (int i = 0; i < KeptKeys.MOST_DOUBTFUL * 3; i++) {
            kept.lookAgain(GroupName.of("g" + i));
            assertTrue(kept.size() <= KeptKeys.MOST_DOUBTFUL);
        }
        var reads = new AtomicInteger();
        store.beforeRead(reads::incrementAndGet);

        kept.learnFor(publication(GroupName.of("g0"), "a", keyed("a"), true));

        assertEquals(1, reads.get(), "and none of them is forgotten");
    }

    @Test
    void aMillionKeysAreNotAllRemembered() {
        var keys = new RecentKeys(time::nanoTime);
        for (int i = 0; i < 1_000_000; i++) {
            keys.add(new Pending(passing("a", keyed("k" + i))), Optional.empty());
        }

        assertTrue(keys.size() <= 200_000, () -> "there are " + keys.size());
    }

    @Test
    void afterTheFirstMinutesNothingIsRememberedOfTheGroupsThatWereRead() {
        var keys = new KeptKeys(store, new RecentKeys(time::nanoTime), time::nanoTime);
        keys.learnFor(kept("a", keyed("k")));
        assertEquals(1, keys.size());

        time.pass(Duration.ofMinutes(5));
        keys.learnFor(kept("b"));

        assertEquals(0, keys.size());
    }

    @Test
    void keyedMessagesAreKeptInOneStepTooAndARepeatAmongThemIsSaidOnce() throws Exception {
        var busy = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var appends = new AtomicInteger();
        store.beforeAppend(() -> {
            if (appends.incrementAndGet() == 1) {
                busy.countDown();
                await(free);
            }
        });
        watch(broker);
        Future<PublishResult> first = threads.submit(() -> broker.publish(kept("first", keyed("first"))));
        await(busy);
        List<Thread> behind = IntStream.range(0, 10)
                .mapToObj(i -> new Thread(() -> broker.publish(kept("m" + i, keyed("k" + i)))))
                .toList();
        behind.forEach(Thread::start);
        var again = new Thread(() -> broker.publish(kept("first again", keyed("first"))));
        again.start();
        while (!behind.stream().allMatch(LocalBrokerTest::isWaiting) || !isWaiting(again)) {
            Thread.onSpinWait(); // until all stand in the queue
        }
        free.countDown();
        for (Thread each : behind) {
            each.join();
        }
        again.join();

        assertEquals(2, appends.get());
        assertEquals(11, told.size());
        assertInstanceOf(PublishResult.Appended.class, first.get());
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    @Test
    void oneKeyFromManyThreadsAtOnceIsSaidOnce() throws Exception {
        watch(broker);
        List<Future<PublishResult>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(threads.submit(() -> broker.publish(kept("a", keyed("k")))));
        }
        List<Optional<StreamPosition>> answers = new ArrayList<>();
        for (Future<PublishResult> each : all) {
            answers.add(each.get().keptAt());
        }

        assertEquals(List.of("a"), told);
        assertEquals(1, new HashSet<>(answers).size(), "and all are told where it is");
    }

    @Test
    void publishingFromInsideADeliveryIsRefusedWithTheCureAndThenAllIsWell() {
        var caught = new ArrayList<String>();
        broker.start(receiver((publication, position) -> {
            caught.add(String.valueOf(assertThrows(IllegalStateException.class, () -> broker.publish(passing("again")))
                    .getMessage()));
            return ONE;
        }));
        broker.watch(ROOM);

        broker.publish(passing("a"));
        broker.publish(passing("b"));

        assertEquals(2, caught.size());
        assertTrue(caught.get(0).contains("Hand it to an executor"), caught.get(0));
    }

    @Test
    void anotherBrokerMayBePublishedToFromInsideADelivery() {
        watch(broker);
        var bridge = new LocalBroker();
        bridge.start(receiver(
                (publication, position) -> broker.publish(passing("bridged")).deliveries()));
        bridge.watch(ROOM);

        bridge.publish(passing("a"));

        assertEquals(List.of("bridged"), told);
    }

    @Test
    void groupsThatShareALaneKeepTheirOwnPositions() {
        broker.start(receiver(this::receive));
        for (int i = 0; i < 1_000; i++) {
            var group = GroupName.of("g" + i);
            assertEquals(1, offset(broker.publish(publication(group, "x", PublishOptions.DEFAULT, true))));
            assertEquals(2, offset(broker.publish(publication(group, "x", PublishOptions.DEFAULT, true))));
        }
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> keyed(""));
        assertThrows(IllegalArgumentException.class, () -> keyed("x".repeat(141)));
        for (String unkeepable : List.of("a\u0000b", "a\nb", "\u007f", "\u0085", "\ud800", "\udc00\ud800")) {
            var refused = assertThrows(IllegalArgumentException.class, () -> keyed(unkeepable));
            assertTrue(String.valueOf(refused.getMessage()).contains("such as a UUID"), refused.getMessage());
        }
        assertEquals(
                Optional.of("\"ünï' \ud83d\ude00"), keyed("\"ünï' \ud83d\ude00").idempotencyKey());
    }

    private static long offset(PublishResult result) {
        return result.keptAt().orElseThrow().offset();
    }

    private void watch(LocalBroker any) {
        any.start(receiver(this::receive));
        any.watch(ROOM);
    }

    private Deliveries receive(Publication publication, Optional<StreamPosition> position) {
        told.add(publication.options().kind());
        position.ifPresent(positions::add);
        return ONE;
    }

    private Publication kept(String text) {
        return kept(text, PublishOptions.DEFAULT);
    }

    private Publication kept(String text, PublishOptions options) {
        return publication(ROOM, text, options, true);
    }

    private Publication passing(String text) {
        return passing(text, PublishOptions.DEFAULT);
    }

    private Publication passing(String text, PublishOptions options) {
        return publication(ROOM, text, options, false);
    }

    /** The text is also its kind, by which the receiver knows it. */
    private Publication publication(GroupName group, String text, PublishOptions options, boolean keep) {
        Frame frame = Frame.text(text);
        return new Publication(
                MessageId.at(time.instant()),
                group,
                time.instant(),
                Content.of(frame),
                options.ofKind(text),
                keep
                        ? Optional.of(
                                new Publication.Keep(new Payload("text", frame), Retention.DEFAULT.withCount(10_000)))
                        : Optional.empty());
    }

    private static PublishOptions keyed(String key) {
        return PublishOptions.DEFAULT.withIdempotencyKey(key);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Receiver receiver(BiFunction<Publication, Optional<StreamPosition>, Deliveries> receiving) {
        return new Receiver() {
            @Override
            public Deliveries receive(Publication publication, Optional<StreamPosition> position) {
                return receiving.apply(publication, position);
            }

            @Override
            public void flush() {}
        };
    }
}
