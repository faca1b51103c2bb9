package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.RecordingGatherer;
import io.channelbox.message.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {

    private final RecordingConnection connection = new RecordingConnection();
    private final RecordingOwner owner = new RecordingOwner();
    private OverflowPolicy policy = OverflowPolicy.CLOSE;
    private long nanos;

    @Test
    void aFrameThatNothingWaitsBeforeLeavesAtOnce() {
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        SendResult result = offer(outbox, "a");

        assertEquals(SendResult.QUEUED, result);
        assertEquals(List.of("a"), connection.texts());
        assertEquals(List.of("sent"), owner.told);
    }

    @Test
    void theNextFrameWaitsUntilTheLastOneHasLeft() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        offer(outbox, "a", "b", "c");
        assertEquals(List.of("a"), connection.texts());
        connection.completeNext();
        assertEquals(List.of("a", "b"), connection.texts());
        connection.completeAll();

        assertEquals(List.of("a", "b", "c"), connection.texts());
        assertEquals(0, outbox.waitingBytes());
    }

    @Test
    void aSendThatNeverCompletesKeepsTheOthersWaiting() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        offer(outbox, "a", "bb", "ccc");

        assertEquals(List.of("a"), connection.texts());
        assertEquals(5, outbox.waitingBytes());
        assertEquals(List.of(), owner.told);
    }

    @Test
    void aSecondCompletionOfTheSameSendIsNotHeard() {
        connection.sending(Sends.TWICE);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        offer(outbox, "a", "b");

        assertEquals(List.of("a", "b"), connection.texts());
        assertEquals(List.of("sent", "sent"), owner.told);
    }

    @Test
    void aLateSecondCompletionDoesNotSetOffTheNextButOneFrame() {
        var open = new ArrayList<Connection.Completion>();
        var sent = new ArrayList<Frame>();
        Outbox outbox = outbox(sending((frame, completion) -> {
            sent.add(frame);
            open.add(completion);
        }));
        offer(outbox, "a", "b", "c");

        open.get(0).succeeded();
        open.get(0).succeeded();
        open.get(0).failed(new IllegalStateException("late"));

        assertEquals(2, sent.size());
        assertEquals(List.of("sent"), owner.told);
    }

    @Test
    void aFailureAfterASuccessIsNotHeard() {
        connection.sending(Sends.LYING);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        offer(outbox, "a", "b");

        assertEquals(List.of("sent", "sent"), owner.told);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILING", "THROWING", "THROWING_ERROR"})
    void aSendThatFailsInWhateverWayIsTheOwnersAndNobodyElses(Sends way) {
        connection.sending(way);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        SendResult result = offer(outbox, "a");
        offer(outbox, "b");

        assertEquals(SendResult.QUEUED, result);
        assertEquals(List.of("failed"), owner.told);
        assertEquals(List.of("a"), connection.texts(), "a broken connection is not used again");
    }

    @Test
    void aSendThatThrowsAfterItCompletedHasCompleted() {
        Outbox outbox = outbox(sending((frame, completion) -> {
            completion.succeeded();
            throw new IllegalStateException("after all");
        }));

        offer(outbox, "a");

        assertEquals(List.of("sent"), owner.told);
    }

    @Test
    void aHundredThousandSendsThatCompleteAtOnceNeedNoDeeperStackThanOne() {
        var deepest = new AtomicInteger();
        var count = new AtomicInteger();
        var start = new ArrayList<Connection.Completion>();
        Outbox outbox = outbox(sending((frame, completion) -> {
            deepest.accumulateAndGet(stackDepth(), Math::max);
            if (count.incrementAndGet() == 1) {
                start.add(completion);
            } else {
                completion.succeeded();
            }
        }));
        Frame frame = Frame.text("x");
        IntStream.range(0, 100_000).forEach(i -> outbox.put(frame, OverflowPolicy.CLOSE));
        outbox.drain();
        int one = deepest.get();

        start.get(0).succeeded();

        assertEquals(100_000, count.get());
        assertTrue(deepest.get() <= one + 10, () -> "one send needed " + one + " stack frames, all " + deepest);
    }

    @Test
    void moreBytesThanTheBoundCloseTheChannelAndTheOwnerIsToldOnce() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT.withBytes(10));

        offer(outbox, "inflight", "12345", "67890");
        SendResult tooMuch = offer(outbox, "!");
        SendResult after = offer(outbox, "?");

        assertEquals(SendResult.CLOSED, tooMuch);
        assertEquals(SendResult.CLOSED, after);
        assertEquals(List.of("overflowed 10"), owner.told);
        assertEquals(0, outbox.waitingBytes());
    }

    @Test
    void moreFramesThanTheBoundCloseTheChannel() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT.withFrames(2));

        offer(outbox, "inflight", "b", "c");

        assertEquals(SendResult.CLOSED, offer(outbox, "d"));
        assertEquals(List.of("overflowed 2"), owner.told);
    }

    @Test
    void framesWithoutBytesOverflowAsWell() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT.withFrames(2));

        offer(outbox, "", "", "");

        assertEquals(SendResult.CLOSED, offer(outbox, ""));
        assertEquals(List.of("overflowed 0"), owner.told);
    }

    @Test
    void afterAnOverflowNothingMoreLeaves() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT.withFrames(1));
        offer(outbox, "inflight", "b", "c");

        connection.completeAll();

        assertEquals(List.of("inflight"), connection.texts());
        assertEquals(List.of("overflowed 1", "sent"), owner.told, "and flushed it is not");
    }

    @Test
    void aFrameLargerThanTheBoundIsTakenWhenNothingWaits() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT.withBytes(3));

        assertEquals(SendResult.QUEUED, offer(outbox, "inflight"));
        assertEquals(SendResult.QUEUED, offer(outbox, "larger than three"));

        connection.completeAll();
        assertEquals(List.of("inflight", "larger than three"), connection.texts());
    }

    @Test
    void droppingTheNewestKeepsWhatWaits() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(new OutboxLimits(100, 2, OverflowPolicy.DROP_NEWEST));

        offer(outbox, "a", "b", "c");
        SendResult dropped = offer(outbox, "d");
        connection.completeAll();

        assertEquals(SendResult.DROPPED, dropped);
        assertEquals(List.of("a", "b", "c"), connection.texts());
        assertEquals("dropped 1", owner.told.get(0));
    }

    @Test
    void droppingTheOldestMakesRoomForTheNewest() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(new OutboxLimits(4, 100, OverflowPolicy.DROP_OLDEST));

        offer(outbox, "inflight", "aa", "bb");
        SendResult queued = offer(outbox, "ccc");
        connection.completeAll();

        assertEquals(SendResult.QUEUED, queued);
        assertEquals(List.of("inflight", "ccc"), connection.texts());
        assertEquals("dropped 2", owner.told.get(0));
    }

    @Test
    void closingFlushesWhatWaitsAndThenTellsOnce() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        offer(outbox, "a", "b");

        outbox.close();
        assertEquals(List.of(), owner.told);
        assertEquals(SendResult.CLOSED, offer(outbox, "too late"));
        connection.completeAll();
        outbox.close();
        outbox.drain();

        assertEquals(List.of("a", "b"), connection.texts());
        assertEquals(List.of("sent", "sent", "flushed"), owner.told);
    }

    @Test
    void closingWhenNothingWaitsTellsAtOnce() {
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        outbox.close();

        assertEquals(List.of("flushed"), owner.told);
    }

    @Test
    void whatIsDiscardedNeverLeavesAndNothingIsTakenAnyMore() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        offer(outbox, "a", "b");

        outbox.discard();
        connection.completeAll();

        assertEquals(List.of("a"), connection.texts());
        assertEquals(SendResult.CLOSED, offer(outbox, "c"));
        assertEquals(List.of("sent"), owner.told);
    }

    @Test
    void aSendIsStalledWhenItTakesLongerThanItMay() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        offer(outbox, "a");

        nanos += 10;
        assertFalse(outbox.isStalledFor(10));
        nanos += 1;
        assertTrue(outbox.isStalledFor(10));

        connection.completeNext();
        assertFalse(outbox.isStalledFor(10));
    }

    @Test
    void theTimeOfASendBeginsWithThatSend() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        offer(outbox, "a", "b");
        nanos += 8;

        connection.completeNext();
        nanos += 8;

        assertFalse(outbox.isStalledFor(10));
    }

    @Test
    void aPingIsNotSentDuringASend() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        offer(outbox, "a");

        outbox.ping(() -> owner.told.add("pinging"));
        assertEquals(0, connection.pings());
        connection.completeNext();
        outbox.ping(() -> owner.told.add("pinging"));

        assertEquals(1, connection.pings());
        assertEquals(List.of("sent", "pinging"), owner.told);
    }

    @Test
    void framesWaitForAPingThatIsOnItsWay() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        outbox.ping(() -> {});

        offer(outbox, "a");
        assertEquals(List.of(), connection.texts());
        connection.completeNext();

        assertEquals(List.of("a"), connection.texts());
    }

    @Test
    void aPingThatHasLeftIsNoSignOfUse() {
        Outbox outbox = outbox(OutboxLimits.DEFAULT);

        outbox.ping(() -> {});

        assertEquals(List.of(), owner.told);
    }

    @Test
    void aPingThatDoesNotEndIsAStall() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        outbox.ping(() -> {});

        nanos += 11;

        assertTrue(outbox.isStalledFor(10));
    }

    @Test
    void aClosedOutboxPingsNobody() {
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        outbox.close();

        outbox.ping(() -> {});

        assertEquals(0, connection.pings());
    }

    @Test
    void closingWaitsForAPing() {
        connection.sending(Sends.LATER);
        Outbox outbox = outbox(OutboxLimits.DEFAULT);
        outbox.ping(() -> {});
        outbox.close();
        assertEquals(List.of(), owner.told);

        connection.completeNext();

        assertEquals(List.of("flushed"), owner.told);
    }

    @Test
    void whatWaitsLeavesTogetherWhereTheConnectionCanDoThat() {
        var gathering = new RecordingGatherer().completingLater();
        Outbox outbox = outbox(gathering);

        offer(outbox, "a", "b", "c");
        gathering.completeNext();

        assertEquals(List.of(List.of("a"), List.of("b", "c")), gathering.writes());
        assertEquals(0, outbox.waitingBytes());
    }

    @Test
    void noMoreThanFortyEightFramesLeaveTogether() {
        var gathering = new RecordingGatherer();
        Outbox outbox = outbox(gathering);

        IntStream.range(0, 49).forEach(i -> outbox.put(Frame.text("x"), OverflowPolicy.CLOSE));
        outbox.drain();

        assertEquals(List.of(48, 1), gathering.writes().stream().map(List::size).toList());
    }

    @Test
    void noMoreFramesLeaveTogetherOnceTheyAreLarge() {
        var gathering = new RecordingGatherer();
        Outbox outbox = outbox(gathering);

        IntStream.range(0, 5).forEach(i -> outbox.put(Frame.text("x".repeat(30_000)), OverflowPolicy.CLOSE));
        outbox.drain();

        assertEquals(List.of(3, 2), gathering.writes().stream().map(List::size).toList());
    }

    @Test
    void aFrameThatIsLargeEnoughByItselfLeavesAlone() {
        var gathering = new RecordingGatherer();
        Outbox outbox = outbox(gathering);

        IntStream.range(0, 3).forEach(i -> outbox.put(Frame.text("x".repeat(64 << 10)), OverflowPolicy.CLOSE));
        outbox.drain();

        assertEquals(
                List.of(1, 1, 1), gathering.writes().stream().map(List::size).toList());
        assertEquals(List.of("sent", "sent", "sent"), owner.told);
    }

    @Test
    void whatFindsNoRoomInTheBoxOverflows() {
        connection.sending(Sends.LATER);
        var quota = new Quota(40_000);
        var outbox = new Outbox(connection, OutboxLimits.DEFAULT, quota, () -> nanos, owner);

        SendResult inFlight = offer(outbox, "x".repeat(100_000));
        SendResult first = offer(outbox, "x".repeat(50_000));
        nanos += 1_000_000_001;
        SendResult second = offer(outbox, "x".repeat(10_000));

        assertEquals(
                List.of(SendResult.QUEUED, SendResult.QUEUED, SendResult.CLOSED), List.of(inFlight, first, second));
        assertEquals(List.of("overflowed 50000"), owner.told);
        assertEquals(0, quota.taken());
    }

    @Test
    void whoTakesFramesIsNotRefusedRoomInTheBox() {
        connection.sending(Sends.LATER);
        var outbox = new Outbox(connection, OutboxLimits.DEFAULT, new Quota(0), () -> nanos, owner);

        offer(outbox, "in flight", "x".repeat(50_000));
        nanos += 999_999_999;

        assertEquals(SendResult.QUEUED, offer(outbox, "x".repeat(50_000)));
    }

    @Test
    void whereTheBoxHasNoRoomEachKeepsSixteenKilobytes() {
        connection.sending(Sends.LATER);
        var outbox = new Outbox(connection, OutboxLimits.DEFAULT, new Quota(0), () -> nanos, owner);

        offer(outbox, "in flight");
        nanos += 1_000_000_001;

        assertEquals(SendResult.QUEUED, offer(outbox, "x".repeat(16_384)));
        assertEquals(SendResult.CLOSED, offer(outbox, "x"));
    }

    @Test
    void anOutboxIsPressedWhileAQuarterOfItsRoomIsTaken() {
        Outbox outbox = outbox(OutboxLimits.DEFAULT.withBytes(400));

        outbox.put(Frame.text("x".repeat(100)), OverflowPolicy.CLOSE);
        assertFalse(outbox.isPressed());
        outbox.put(Frame.text("x"), OverflowPolicy.CLOSE);
        assertTrue(outbox.isPressed());
        outbox.drain();

        assertFalse(outbox.isPressed());
    }

    @Test
    void theRoomInTheBoxIsGivenBackWhenAllHasLeft() {
        connection.sending(Sends.LATER);
        var quota = new Quota(1_000_000);
        var outbox = new Outbox(connection, OutboxLimits.DEFAULT, quota, () -> nanos, owner);

        IntStream.range(0, 10).forEach(i -> offer(outbox, "x".repeat(10_000)));
        assertTrue(quota.taken() >= 90_000 - 16 * 1024, "so much waits");
        connection.completeAll();

        assertEquals(0, quota.taken());
    }

    @Test
    void theRoomInTheBoxIsGivenBackWhenAllIsDiscarded() {
        connection.sending(Sends.LATER);
        var quota = new Quota(1_000_000);
        var outbox = new Outbox(connection, OutboxLimits.DEFAULT, quota, () -> nanos, owner);

        IntStream.range(0, 10).forEach(i -> offer(outbox, "x".repeat(10_000)));
        outbox.discard();

        assertEquals(0, quota.taken());
    }

    private Outbox outbox(OutboxLimits limits) {
        policy = limits.policy();
        return new Outbox(connection, limits, new Quota(Long.MAX_VALUE), () -> nanos, owner);
    }

    private Outbox outbox(Connection other) {
        return new Outbox(
                other, OutboxLimits.DEFAULT.withFrames(1_000_000), new Quota(Long.MAX_VALUE), () -> nanos, owner);
    }

    private SendResult offer(Outbox outbox, String... texts) {
        var last = SendResult.QUEUED;
        for (String text : texts) {
            last = outbox.offer(Frame.text(text), policy);
        }
        return last;
    }

    private static int stackDepth() {
        return StackWalker.getInstance().walk(frames -> (int) frames.count());
    }

    private interface Sending {
        void send(Frame frame, Connection.Completion completion);
    }

    private static Connection sending(Sending how) {
        return new Connection() {
            @Override
            public void send(Frame frame, Completion completion) {
                how.send(frame, completion);
            }

            @Override
            public void ping(Completion completion) {
                completion.succeeded();
            }

            @Override
            public void close(CloseStatus status) {}
        };
    }

    private static final class RecordingOwner implements Outbox.Owner {

        private final List<String> told = new ArrayList<>();

        @Override
        public void overflowed(long waitingBytes) {
            told.add("overflowed " + waitingBytes);
        }

        @Override
        public void omitted(Omitted frames) {
            if (frames.dropped() > 0) {
                told.add("dropped " + frames.dropped());
            }
            if (frames.coalesced() > 0) {
                told.add("coalesced " + frames.coalesced());
            }
            if (frames.ephemeral() > 0) {
                told.add("ephemeral " + frames.ephemeral());
            }
        }

        @Override
        public void sent() {
            told.add("sent");
        }

        @Override
        public void failed(Throwable cause) {
            told.add("failed");
        }

        @Override
        public void flushed() {
            told.add("flushed");
        }
    }
}
