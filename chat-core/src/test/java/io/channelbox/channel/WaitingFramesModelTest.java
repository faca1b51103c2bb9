package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.channelbox.broker.Delivery;
import io.channelbox.channel.WaitingFrames.Taken;
import io.channelbox.message.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queue does what a list would do that is searched from end to end for everything. */
class WaitingFramesModelTest {

    private static final OutboxLimits LIMITS = new OutboxLimits(60, 12, OverflowPolicy.CLOSE);
    private static final List<OverflowPolicy> POLICIES = List.of(OverflowPolicy.values());

    static List<Long> seeds() {
        return new Random(20261121).longs(200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itIsAListWithoutTheSearching(long seed) {
        var random = new Random(seed);
        var waiting = new WaitingFrames(LIMITS, new Quota(Long.MAX_VALUE), () -> true);
        var model = new Model();
        for (int step = 0; step < 300; step++) {
            Frame frame = Frame.text("x".repeat(random.nextInt(12)));
            OverflowPolicy policy = POLICIES.get(random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0, 1 -> assertSame(model.poll(), waiting.poll());
                case 2 -> {
                    model.history(frame);
                    waiting.addHistory(frame);
                }
                case 3, 4 -> {
                    var terms = Terms.onChannel(Delivery.state("key-" + random.nextInt(3)), policy);
                    assertEquals(model.add(frame, terms), waiting.add(frame, terms));
                }
                case 5 -> {
                    var terms = Terms.onChannel(Delivery.EPHEMERAL, policy);
                    assertEquals(model.add(frame, terms), waiting.add(frame, terms));
                }
                default -> assertEquals(model.add(frame, Terms.message(policy)), waiting.add(frame, policy));
            }
            assertEquals(model.list.size(), waiting.size());
            assertEquals(model.list.isEmpty(), waiting.isEmpty());
            assertEquals(model.bytes(), waiting.bytes());
            assertEquals(model.omitted, waiting.takeOmitted());
            model.omitted = new Omitted(0, 0, 0);
        }
        while (!model.list.isEmpty()) {
            assertSame(model.poll(), waiting.poll());
        }
        assertEquals(0, waiting.bytes());
    }

    private static final class Model {

        private record Entry(Frame frame, Delivery delivery) {}

        private final List<Entry> list = new ArrayList<>();
        private long historyBytes;
        private int historyFrames;
        private Omitted omitted = new Omitted(0, 0, 0);

        @Nullable
        Frame poll() {
            Frame first = list.isEmpty() ? null : list.remove(0).frame();
            forgetHistory();
            return first;
        }

        void history(Frame frame) {
            list.add(new Entry(frame, Delivery.MESSAGE));
            historyBytes += frame.size();
            historyFrames++;
        }

        Taken add(Frame frame, Terms terms) {
            if (terms.delivery().equals(Delivery.EPHEMERAL)) {
                if (!fits(list, frame, LIMITS.bytes() / 2, LIMITS.frames() / 2)) {
                    omit(0, 0, 1);
                    return Taken.DROPPED;
                }
            } else {
                if (!fits(withoutOlder(terms), frame, LIMITS.bytes(), LIMITS.frames())) {
                    int before = list.size();
                    list.removeIf(entry -> entry.delivery().equals(Delivery.EPHEMERAL));
                    omit(0, 0, before - list.size());
                    forgetHistory();
                }
                while (!fits(withoutOlder(terms), frame, LIMITS.bytes(), LIMITS.frames())) {
                    if (terms.overflow() == OverflowPolicy.CLOSE) {
                        return Taken.TOO_MUCH;
                    }
                    omit(1, 0, 0);
                    if (terms.overflow() == OverflowPolicy.DROP_NEWEST) {
                        return Taken.DROPPED;
                    }
                    poll();
                }
                int before = list.size();
                list.retainAll(withoutOlder(terms));
                omit(0, before - list.size(), 0);
            }
            list.add(new Entry(frame, terms.delivery()));
            return Taken.QUEUED;
        }

        long bytes() {
            return sum(list);
        }

        private List<Entry> withoutOlder(Terms terms) {
            List<Entry> others = new ArrayList<>(list);
            if (terms.delivery().kind() == Delivery.Kind.STATE) {
                others.removeIf(entry -> entry.delivery().equals(terms.delivery()));
            }
            return others;
        }

        private boolean fits(List<Entry> others, Frame frame, long bytes, int frames) {
            return others.isEmpty()
                    || (sum(others) + frame.size() <= bytes + historyBytes && others.size() < frames + historyFrames);
        }

        private void forgetHistory() {
            if (list.isEmpty()) {
                historyBytes = 0;
                historyFrames = 0;
            }
        }

        private void omit(int dropped, int coalesced, int ephemeral) {
            omitted = omitted.plus(new Omitted(dropped, coalesced, ephemeral));
        }

        private static long sum(List<Entry> entries) {
            return entries.stream().mapToLong(entry -> entry.frame().size()).sum();
        }
    }
}
