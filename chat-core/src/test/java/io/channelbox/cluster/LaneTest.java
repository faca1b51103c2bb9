package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();
    private final Lane lane = new Lane(waiting::add, () -> {});

    private void runExecutor() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    @Test
    void whatWaitsIsDoneInTheOrderInWhichItCame() {
        for (int i = 0; i < 10; i++) {
            int number = i;
            lane.add(() -> done.add(number));
        }

        lane.runHere();

        assertEquals(IntStream.range(0, 10).boxed().toList(), done);
    }

    @Test
    void aThreadThatFindsMoreAndMoreLeavesTheRestToTheExecutor() {
        lane.add(new Runnable() {
            @Override
            public void run() {
                done.add(done.size());
                if (done.size() < 5_000) {
                    lane.add(this); // as others do that speak all the time
                }
            }
        });

        lane.runHere();
        int here = done.size();
        runExecutor();

        assertEquals(1_000, here);
        assertEquals(IntStream.range(0, 5_000).boxed().toList(), done);
    }

    @Test
    void whatIsTooMuchIsNotTakenAndWhatMustBeDoneIs() {
        assertTrue(lane.offer(10 << 20, () -> done.add(1)));
        assertFalse(lane.offer(10 << 20, () -> done.add(2)));
        lane.add(() -> done.add(3));

        runExecutor();

        assertEquals(List.of(1, 3), done);
        assertTrue(lane.offer(10 << 20, () -> done.add(4)));
    }
}
