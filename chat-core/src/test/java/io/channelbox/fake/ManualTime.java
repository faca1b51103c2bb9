package io.channelbox.fake;

import io.channelbox.channel.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it: wall clock, monotonic clock and scheduler in one. For one thread. */
public final class ManualTime implements InstantSource, Scheduler {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration SHORT_STEP = Duration.ofMillis(50);

    private final List<Runnable> everySecond = new ArrayList<>();
    private final List<Runnable> oftener = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get());
    }

    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Task every(Duration period, Runnable work) {
        if (!period.equals(STEP) && !period.equals(SHORT_STEP)) {
            throw new IllegalArgumentException("this fake knows seconds and 50 ms only, was " + period);
        }
        List<Runnable> tasks = period.equals(STEP) ? everySecond : oftener;
        tasks.add(work);
        return () -> tasks.remove(work);
    }

    /** Moves time on, second by second. */
    public void pass(Duration time) {
        Duration left = time;
        for (; left.compareTo(STEP) >= 0; left = left.minus(STEP)) {
            passSecond();
            List.copyOf(everySecond).forEach(Runnable::run);
        }
        nanos.addAndGet(left.toNanos());
    }

    /** In short steps only while somebody wants them. */
    private void passSecond() {
        long end = nanos.get() + STEP.toNanos();
        while (!oftener.isEmpty() && nanos.get() + SHORT_STEP.toNanos() <= end) {
            nanos.addAndGet(SHORT_STEP.toNanos());
            List.copyOf(oftener).forEach(Runnable::run);
        }
        nanos.set(end);
    }

    /** Returns the number of tasks that have not been cancelled. */
    public int tasks() {
        return everySecond.size() + oftener.size();
    }
}
