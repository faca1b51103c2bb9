package io.channelbox.testkit;

import io.channelbox.channel.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Time that stands still until a test moves it. It is the wall clock, the monotonic clock and the scheduler of a box in one:
 * advancing runs what is due meanwhile, in order, on the calling thread. Safe for use by several threads.
 */
public final class ManualClock implements InstantSource, Scheduler {

    // Guarded by this. Work is run without it.
    private final List<Repeating> tasks = new ArrayList<>();
    private Instant now;
    private long nanos;

    /** Makes a clock that stands at the first moment of 2026, UTC. */
    public ManualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Makes a clock that stands at this time. */
    public ManualClock(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Returns the monotonic time in nanoseconds. */
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Moves time on, and runs what is due until then. */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time goes forward only, was " + time);
        }
        long end = nanoTime() + time.toNanos();
        for (Optional<Repeating> due = nextUntil(end); due.isPresent(); due = nextUntil(end)) {
            moveTo(due.get().next);
            due.get().next += due.get().period;
            due.get().work.run();
        }
        moveTo(end);
    }

    /** Sets the wall clock and leaves the monotonic one alone, as an administrator does. */
    public synchronized void setInstant(Instant time) {
        now = time;
    }

    @Override
    public synchronized Task every(Duration period, Runnable work) {
        var task = new Repeating(nanos + period.toNanos(), period.toNanos(), work);
        tasks.add(task);
        return () -> cancel(task);
    }

    /** Returns the number of tasks that have not been cancelled. */
    public synchronized int scheduledTasks() {
        return tasks.size();
    }

    private synchronized void cancel(Repeating task) {
        tasks.remove(task);
    }

    private synchronized Optional<Repeating> nextUntil(long end) {
        return tasks.stream().filter(task -> task.next <= end).min(Comparator.comparingLong(task -> task.next));
    }

    private synchronized void moveTo(long time) {
        now = now.plusNanos(time - nanos);
        nanos = time;
    }

    private static final class Repeating {
        private long next;
        private final long period;
        private final Runnable work;

        Repeating(long next, long period, Runnable work) {
            this.next = next;
            this.period = period;
            this.work = work;
        }
    }
}
