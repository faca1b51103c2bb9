package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Opening;
import io.channelbox.channel.OutboxLimits;
import io.channelbox.codec.TextCodec;
import io.channelbox.message.Frame;
import io.channelbox.testkit.StrictConnection.Closing;
import io.channelbox.testkit.StrictConnection.Sending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The core against everything that containers are known to do to it. */
class StrictConnectionTest {

    private final ManualClock clock = new ManualClock();
    private final ManualExecutor executor = new ManualExecutor();
    private final ChannelBox box = ChannelBox.builder()
            .clock(clock)
            .nanoTime(clock::nanoTime)
            .scheduler(clock)
            .executor(executor)
            .outbox(OutboxLimits.DEFAULT.withFrames(1_000))
            .build();

    @AfterEach
    void close() {
        box.close(Duration.ZERO);
    }

    private Channel member(String name, StrictConnection connection) {
        Channel channel = box.open(connection, Opening.of(User.named(name), TextCodec.PLAIN));
        connection.tell(channel::ended);
        box.group("room").join(channel);
        return channel;
    }

    @ParameterizedTest
    @EnumSource(
            value = Sending.class,
            names = {"LYING", "FAILING", "THROWING", "THROWING_ERROR"})
    void aConnectionThatFailsEndsItsOwnChannelOnly(Sending failing) {
        var good = StrictConnection.that(Sending.AT_ONCE);
        var bad = StrictConnection.that(failing);
        var alsoGood = StrictConnection.that(Sending.AT_ONCE);
        Channel first = member("ann", good);
        Channel second = member("bob", bad);
        Channel third = member("eve", alsoGood);

        box.group("room").broadcast("one");
        box.group("room").broadcast("two");
        executor.runAll();

        assertEquals(texts("one", "two"), good.arrived());
        assertEquals(texts("one", "two"), alsoGood.arrived());
        assertTrue(first.isOpen() && third.isOpen());
        assertFalse(second.isOpen());
        assertEquals(List.of(first, third), box.group("room").members());
        assertEquals(1, bad.closes().size());
    }

    @Test
    void aSendThatNeverCompletesIsGivenUpAndDisturbsNobody() {
        var stuck = StrictConnection.that(() -> Sending.LATE, Closing.LATE);
        var good = StrictConnection.that(Sending.AT_ONCE);
        Channel bob = member("bob", stuck);
        member("ann", good);
        var ended = new AtomicReference<CloseStatus>();
        bob.onClose(ended::set);

        box.group("room").broadcast("one");
        clock.advance(Duration.ofSeconds(12));
        executor.runAll();

        assertEquals(CloseStatus.TOO_SLOW, ended.get());
        assertEquals(texts("one"), good.arrived());
        assertEquals(1, box.group("room").size());
        assertEquals(List.of(CloseStatus.TOO_SLOW), stuck.closes());
        assertEquals(List.of(), stuck.misuses());
    }

    @Test
    void aCloseThatNobodyTellsOfEndsTheChannelAllTheSame() {
        var silent = StrictConnection.that(() -> Sending.AT_ONCE, Closing.LATE);
        Channel ann = member("ann", silent);
        var ended = new AtomicReference<CloseStatus>();
        ann.onClose(ended::set);

        ann.close(new CloseStatus(4001, "bye"));
        executor.runAll();
        clock.advance(Duration.ofSeconds(7));

        assertEquals(new CloseStatus(4001, "bye"), ended.get());
        assertEquals(0, box.group("room").size());
    }

    @Test
    void aCloseThatBlocksHoldsUpNobody() throws Exception {
        try (ChannelBox threaded =
                ChannelBox.builder().outbox(OutboxLimits.DEFAULT.withFrames(2)).build()) {
            var slow = StrictConnection.that(() -> Sending.LATE, Closing.BLOCKING);
            var good = StrictConnection.that(Sending.AT_ONCE);
            Channel bob = threaded.open(slow, Opening.of(User.named("bob"), TextCodec.PLAIN));
            Channel ann = threaded.open(good, Opening.of(User.named("ann"), TextCodec.PLAIN));
            slow.tell(bob::ended);
            good.tell(ann::ended);
            var ended = new CompletableFuture<CloseStatus>();
            bob.onClose(ended::complete);
            threaded.group("room").join(bob);
            threaded.group("room").join(ann);

            for (int i = 0; i < 100; i++) {
                threaded.group("room").broadcast("m" + i);
            }

            assertEquals(100, good.arrived().size());
            assertFalse(bob.isOpen());
            assertFalse(ended.isDone());
            slow.letClosesReturn();
            assertEquals(CloseStatus.TOO_SLOW, ended.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aLateWordOfAnEndedConnectionChangesNothing() {
        var connection = StrictConnection.that(() -> Sending.LATE, Closing.INSIDE);
        Channel ann = member("ann", connection);
        List<CloseStatus> ends = new ArrayList<>();
        ann.onClose(ends::add);
        box.group("room").broadcast("one");

        ann.ended(CloseStatus.ABNORMAL);
        connection.completeAll();
        connection.tellClosed(CloseStatus.NORMAL);

        assertEquals(List.of(CloseStatus.ABNORMAL), ends);
    }

    @Test
    void aCompletionThatComesTwiceSendsNothingTwice() {
        var connection = StrictConnection.that(Sending.TWICE);
        member("ann", connection);

        for (int i = 0; i < 100; i++) {
            box.group("room").broadcast("m" + i);
        }

        assertEquals(IntStream.range(0, 100).mapToObj(i -> Frame.text("m" + i)).toList(), connection.arrived());
        assertEquals(List.of(), connection.misuses());
    }

    /** Many publishers, members that misbehave at random, completions from another thread: order and isolation hold. */
    @Test
    void underStressNobodyIsMisusedAndTheWellBehavedGetEverythingInOneOrder() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("StrictConnectionTest seed " + seed);
        var random = new SplittableRandom(seed);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (ChannelBox busy = ChannelBox.builder()
                .outbox(OutboxLimits.DEFAULT.withBytes(64 << 20).withFrames(1_000_000))
                .build()) {
            Queue<StrictConnection> late = new ConcurrentLinkedQueue<>();
            List<StrictConnection> wellBehaved = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                boolean good = i % 2 == 0;
                StrictConnection connection = good ? wellBehaved(random.split()) : misbehaving(random.split());
                if (good) {
                    wellBehaved.add(connection);
                }
                late.add(connection);
                Channel channel = busy.open(connection, Opening.of(User.named("u" + i), TextCodec.PLAIN));
                connection.tell(channel::ended);
                busy.group("room").join(channel);
            }
            var publishing = new AtomicBoolean(true);
            CompletableFuture<Void> completing = CompletableFuture.runAsync(
                    () -> {
                        while (publishing.get()) {
                            late.forEach(StrictConnection::completeNext);
                        }
                    },
                    threads);
            List<CompletableFuture<Void>> publishers = IntStream.range(0, 4)
                    .mapToObj(p -> CompletableFuture.runAsync(
                            () -> IntStream.range(0, 500)
                                    .forEach(i -> busy.group("room").broadcast(p + "-" + i)),
                            threads))
                    .toList();
            publishers.forEach(CompletableFuture::join);
            publishing.set(false);
            completing.join();
            late.forEach(StrictConnection::completeAll);

            List<Frame> order = wellBehaved.get(0).arrived();
            assertEquals(2_000, order.size());
            for (StrictConnection good : wellBehaved) {
                assertEquals(order, good.arrived());
            }
            for (StrictConnection any : late) {
                assertEquals(List.of(), any.misuses());
                assertTrue(isSubsequence(any.arrived(), order));
            }
        } finally {
            threads.shutdown();
        }
    }

    private static StrictConnection wellBehaved(SplittableRandom random) {
        Sending[] kinds = {Sending.AT_ONCE, Sending.LATE, Sending.TWICE};
        return StrictConnection.that(() -> pick(random, kinds), Closing.INSIDE);
    }

    private static StrictConnection misbehaving(SplittableRandom random) {
        return StrictConnection.that(
                () -> random(random, 200) == 0 ? pick(random, Sending.values()) : Sending.LATE, Closing.LATE);
    }

    private static Sending pick(SplittableRandom random, Sending[] kinds) {
        return kinds[random(random, kinds.length)];
    }

    private static int random(SplittableRandom random, int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private static boolean isSubsequence(List<Frame> part, List<Frame> whole) {
        int found = 0;
        for (Frame frame : whole) {
            if (found < part.size() && part.get(found).equals(frame)) {
                found++;
            }
        }
        return found == part.size();
    }

    private static List<Frame> texts(String... texts) {
        return List.of(texts).stream().<Frame>map(Frame::text).toList();
    }
}
