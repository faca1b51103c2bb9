package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.channel.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void timeStandsStillUntilItIsMoved() {
        Instant before = clock.instant();

        clock.advance(Duration.ofSeconds(3));

        assertEquals(before.plusSeconds(3), clock.instant());
        assertEquals(3_000_000_000L, clock.nanoTime());
    }

    @Test
    void workIsDoneInTheOrderItIsDueAndSeesTheTimeItIsDueAt() {
        List<String> done = new ArrayList<>();
        clock.every(Duration.ofSeconds(2), () -> done.add("two at " + clock.nanoTime() / 1_000_000_000));
        clock.every(Duration.ofSeconds(3), () -> done.add("three at " + clock.nanoTime() / 1_000_000_000));

        clock.advance(Duration.ofSeconds(5));

        assertEquals(List.of("two at 2", "three at 3", "two at 4"), done);
    }

    @Test
    void cancelledWorkIsNotDone() {
        List<String> done = new ArrayList<>();
        Scheduler.Task task = clock.every(Duration.ofSeconds(1), () -> done.add("once"));
        clock.advance(Duration.ofSeconds(1));

        task.cancel();
        clock.advance(Duration.ofSeconds(5));

        assertEquals(List.of("once"), done);
        assertEquals(0, clock.scheduledTasks());
    }

    @Test
    void settingTheWallClockDoesNotMoveTheMonotonicOne() {
        clock.setInstant(Instant.parse("1999-12-31T23:59:59Z"));

        assertEquals(0, clock.nanoTime());
        assertEquals(Instant.parse("1999-12-31T23:59:59Z"), clock.instant());
    }

    @Test
    void timeDoesNotRunBackwards() {
        assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofSeconds(-1)));
    }
}
