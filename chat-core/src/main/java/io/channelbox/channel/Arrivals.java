package io.channelbox.channel;

import io.channelbox.limit.Rate;
import io.channelbox.limit.TokenBucket;
import io.channelbox.message.Times;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** How often connections are let in, and when those that are not should come again: each at a time of its own, at that same rate. */
final class Arrivals {

    /** Nobody is told to stay away for longer. Of those beyond, each comes within it by chance. */
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TokenBucket bucket;
    private final long nanosPerArrival;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final AtomicLong lastTold; // when the last one that was turned away is to come again

    Arrivals(Rate rate, LongSupplier nanoTime, DoubleSupplier random) {
        this.bucket = new TokenBucket(rate, nanoTime);
        this.nanosPerArrival = Math.max(1, Times.nanos(rate.per()) / rate.permits());
        this.nanoTime = nanoTime;
        this.random = random;
        this.lastTold = new AtomicLong(nanoTime.getAsLong());
    }

    /** Lets one in and returns zero; or does not, and returns when it should come again. */
    Duration tryEnter() {
        Duration soonest = bucket.tryTake();
        if (soonest.isZero()) {
            return soonest;
        }
        long now = nanoTime.getAsLong();
        long told = lastTold.updateAndGet(
                last -> Math.min(now + LONGEST, Math.max(last - now, soonest.toNanos()) + now + nanosPerArrival));
        long away = told - now;
        long nanos = away < LONGEST ? away : (long) (random.getAsDouble() * LONGEST);
        return Duration.ofMillis(nanos / NANOS_PER_MILLI + 1); // what clients are told is in milliseconds
    }
}
