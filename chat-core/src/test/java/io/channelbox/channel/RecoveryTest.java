package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Recovery.State;
import io.channelbox.channel.Recovery.Verdict;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every order in which a small recovery can meet what happens around it. */
class RecoveryTest {

    private static final int PAGE = 2;
    private static final int MOST_HELD = 2;
    private static final int STEPS = 7;

    /** What can happen next. */
    private enum Step {
        PUBLISH_KEPT,
        PUBLISH_UNKEPT,
        READ_BEGINS,
        READ_ENDS,
        READ_FAILS,
        PAGE_LEAVES,
        LEAVE,
        NEW_EPOCH,
        TRIM,
        /** Kept messages never come, and the history has forgotten them. */
        LOSE,
        /** The same, and the history begins anew. */
        LOSE_EPOCH
    }

    /** A group, its store and one member that comes back, as far as one schedule has brought them. */
    private static final class World {

        private final Recovery<String> recovery =
                Recovery.ofStream(new OutboxLimits(1_000, MOST_HELD, OverflowPolicy.CLOSE));
        private final List<StreamPosition> store = new ArrayList<>();
        private final List<String> wire = new ArrayList<>();
        private String epoch = "a";
        private long top = 4;
        private int unkept;
        private Optional<Read> snapshot = Optional.empty();
        private boolean left;
        private int wireWhenLeft;

        private record Read(List<StreamPosition> entries, Optional<StreamPosition> end, boolean more, boolean gap) {}

        World() {
            for (long offset = 1; offset <= top; offset++) {
                store.add(new StreamPosition(epoch, offset));
            }
            recovery.from(new StreamPosition(epoch, 1));
        }

        boolean can(Step step) {
            return switch (step) {
                case READ_BEGINS -> recovery.state() == State.HOLDING && snapshot.isEmpty();
                case READ_ENDS, READ_FAILS -> snapshot.isPresent();
                case PAGE_LEAVES -> recovery.state() == State.REPLAYING;
                case LEAVE -> !left;
                case NEW_EPOCH, LOSE_EPOCH -> epoch.equals("a");
                case TRIM -> !store.isEmpty();
                case PUBLISH_KEPT, PUBLISH_UNKEPT, LOSE -> true;
            };
        }

        void take(Step step) {
            switch (step) {
                case PUBLISH_KEPT -> publish(Optional.of(new StreamPosition(epoch, ++top)));
                case PUBLISH_UNKEPT -> publish(Optional.empty());
                case READ_BEGINS -> snapshot = Optional.of(read(recovery.at().orElseThrow()));
                case READ_ENDS -> readEnds();
                case READ_FAILS, LEAVE -> leave();
                case PAGE_LEAVES -> assertTrue(recovery.pageLeft());
                case NEW_EPOCH -> {
                    epoch = "b";
                    top = 0;
                    store.clear();
                }
                case TRIM -> store.remove(0);
                case LOSE -> lose(epoch, top + 2);
                case LOSE_EPOCH -> lose("b", 2);
            }
            assertTrue(recovery.heldCount() <= MOST_HELD, "the buffer is bounded");
        }

        private void leave() {
            recovery.leave();
            snapshot = Optional.empty();
            if (!left) {
                left = true;
                wireWhenLeft = wire.size();
            }
        }

        private void publish(Optional<StreamPosition> position) {
            position.ifPresent(store::add);
            String what = position.map(World::text).orElse("u" + ++unkept);
            switch (recovery.said(what, 1, position)) {
                case PASS -> wire.add(what);
                case PASS_AFTER_LOSS -> {
                    wire.add(text(recovery.loss().orElseThrow()));
                    wire.add(what);
                }
                case SKIP, HELD -> {}
                case PASS_AFTER_START, TOO_MUCH ->
                    throw new AssertionError("this stream was known, and can be read again");
            }
        }

        private void lose(String goesOnIn, long at) {
            StreamPosition after = new StreamPosition(epoch, top);
            epoch = goesOnIn;
            top = at;
            store.clear();
            recovery.lost(after, new StreamPosition(epoch, top)).ifPresent(loss -> wire.add(text(loss)));
        }

        private Read read(StreamPosition after) {
            Optional<StreamPosition> end = Optional.of(new StreamPosition(epoch, top));
            long oldest = store.isEmpty() ? top + 1 : store.get(0).offset();
            if (!after.epoch().equals(epoch) || after.offset() > top || after.offset() + 1 < oldest) {
                return new Read(List.of(), end, false, true);
            }
            List<StreamPosition> rest = store.stream()
                    .filter(each -> each.offset() > after.offset())
                    .toList();
            return rest.size() > PAGE
                    ? new Read(rest.subList(0, PAGE), Optional.of(rest.get(PAGE - 1)), true, false)
                    : new Read(rest, end, false, false);
        }

        private void readEnds() {
            Read page = snapshot.orElseThrow();
            snapshot = Optional.empty();
            var turn = recovery.pageRead(page.gap(), page.more(), recovery.endOf(page.end()));
            turn.loss().ifPresent(loss -> wire.add(text(loss)));
            page.entries().forEach(each -> wire.add(text(each)));
            turn.follow().forEach(each -> wire.add(each.what()));
        }

        /** Lets it come to rest, if the member is still there. */
        void settle() {
            for (int i = 0; !left && recovery.state() != State.LIVE; i++) {
                assertTrue(i < 100, "it comes to rest");
                for (Step step : List.of(Step.READ_ENDS, Step.READ_BEGINS, Step.PAGE_LEAVES)) {
                    if (can(step)) {
                        take(step);
                    }
                }
            }
        }

        /** Each kept message once and in order, or one word that it is lost; nothing after leaving. */
        void check() {
            if (left) {
                assertEquals(wireWhenLeft, wire.size(), "nothing comes after leaving");
            }
            String at = "a1";
            for (String told : wire) {
                if (told.startsWith("lost")) {
                    String[] words = told.split(" ", -1);
                    assertEquals(at, words[1], "a loss begins where everything was told");
                    at = words[2];
                } else if (!told.startsWith("u")) {
                    assertEquals(next(at), told, "no gap, no repeat, no other epoch");
                    at = told;
                }
            }
            if (!left) {
                assertEquals(epoch + top, epochTold(at) + at.substring(1), "everything was told");
            }
        }

        /** An epoch in which nothing was said yet is nothing to tell of. */
        private String epochTold(String at) {
            boolean nothingSince = !at.startsWith(epoch) && top == 0 && recovery.state() == State.LIVE;
            if (nothingSince) {
                top = Long.parseLong(at.substring(1));
                return epoch;
            }
            return at.substring(0, 1);
        }

        private static String next(String at) {
            return at.charAt(0) + Long.toString(Long.parseLong(at.substring(1)) + 1);
        }

        private static String text(StreamPosition position) {
            return position.epoch() + position.offset();
        }

        private static String text(Loss loss) {
            return "lost " + text(loss.from()) + " " + text(loss.to().orElseThrow());
        }
    }

    @Test
    void everyInterleavingTellsEachMessageOnceOrThatItIsLost() {
        int schedules = explore(new ArrayList<>());

        assertTrue(schedules > 5_000, () -> "only " + schedules + " schedules");
    }

    private static int explore(List<Step> schedule) {
        World world = run(schedule);
        if (schedule.size() == STEPS) {
            try {
                world.settle();
                world.publish(Optional.of(new StreamPosition(world.epoch, ++world.top)));
                world.settle();
                world.check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(schedule + " led to " + world.wire + ": " + e.getMessage(), e);
            }
            return 1;
        }
        int explored = 0;
        for (Step step : Step.values()) {
            if (world.can(step)) {
                schedule.add(step);
                explored += explore(schedule);
                schedule.remove(schedule.size() - 1);
            }
        }
        return explored;
    }

    private static World run(List<Step> schedule) {
        var world = new World();
        try {
            schedule.forEach(world::take);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(schedule + " led to " + world.wire + ": " + e.getMessage(), e);
        }
        return world;
    }

    @Test
    void whoWasToldAlreadyWhatIsLostIsNotToldAgain() {
        Recovery<String> recovery = liveAt(new StreamPosition("b", 5));

        assertEquals(Optional.empty(), recovery.lost(new StreamPosition("b", 2), new StreamPosition("b", 5)));
        assertEquals(Optional.empty(), recovery.lost(new StreamPosition("a", 9), new StreamPosition("b", 4)));
        assertEquals(Optional.of(new StreamPosition("b", 5)), recovery.at());
    }

    @Test
    void whatWasNotMeantForAMemberIsNoLoss() {
        Recovery<String> recovery = liveAt(new StreamPosition("a", 5));
        var after = new StreamPosition("a", 8);
        var upTo = new StreamPosition("a", 10);

        assertEquals(Optional.of(new Loss(after, Optional.of(upTo), Loss.Cause.TRIMMED)), recovery.lost(after, upTo));
        assertEquals(Optional.of(upTo), recovery.at());
    }

    @Test
    void whatIsLostInAnotherEpochIsLostFromWhereTheMemberWas() {
        var told = new StreamPosition("a", 5);
        Recovery<String> recovery = liveAt(told);
        var upTo = new StreamPosition("b", 3);

        assertEquals(
                Optional.of(new Loss(told, Optional.of(upTo), Loss.Cause.EPOCH)),
                recovery.lost(new StreamPosition("a", 5), upTo));
        assertEquals(Verdict.PASS, recovery.saidLive(Optional.of(new StreamPosition("b", 4))));
    }

    @Test
    void whoKnewNothingOfTheStreamIsToldWhatWasLostSince() {
        Recovery<String> recovery = Recovery.ofStream(OutboxLimits.DEFAULT);
        recovery.pageRead(false, false, Optional.empty());
        var after = new StreamPosition("a", 0);
        var upTo = new StreamPosition("a", 2);

        assertEquals(Optional.of(new Loss(after, Optional.of(upTo), Loss.Cause.TRIMMED)), recovery.lost(after, upTo));
        assertEquals(Verdict.PASS, recovery.saidLive(Optional.of(new StreamPosition("a", 3))));
    }

    @Test
    void whoReadsAnEmptyHistoryWhileSomethingIsLostReadsOnceMore() {
        Recovery<String> recovery = Recovery.ofStream(OutboxLimits.DEFAULT);
        recovery.lost(new StreamPosition("a", 0), new StreamPosition("a", 2));

        var turn = recovery.pageRead(false, false, recovery.endOf(Optional.empty()));

        assertTrue(turn.more());
        assertTrue(recovery.pageLeft());
        assertEquals(Optional.of(new StreamPosition("a", 0)), recovery.at());
    }

    @Test
    void whoFollowsNoStreamIsNotTold() {
        Recovery<String> recovery = Recovery.ofOnePage(OutboxLimits.DEFAULT);
        recovery.pageRead(false, false, Optional.of(new StreamPosition("a", 1)));

        assertEquals(Optional.empty(), recovery.lost(new StreamPosition("a", 1), new StreamPosition("a", 2)));
    }

    private static Recovery<String> liveAt(StreamPosition position) {
        Recovery<String> recovery = Recovery.ofStream(OutboxLimits.DEFAULT);
        recovery.pageRead(false, false, Optional.of(position));
        return recovery;
    }

    @Test
    void whatIsNotKeptIsDroppedOldestFirstWhenTooMuchOfItIsHeld() {
        Recovery<String> recovery = Recovery.ofStream(new OutboxLimits(1_000, MOST_HELD, OverflowPolicy.CLOSE));

        for (String what : List.of("one", "two", "three")) {
            assertEquals(Verdict.HELD, recovery.said(what, 1, Optional.empty()));
        }

        assertEquals(1, recovery.takeDropped());
        var turn = recovery.pageRead(false, false, Optional.empty());
        assertEquals(
                List.of("two", "three"),
                turn.follow().stream().map(Recovery.Held::what).toList());
    }
}
