package io.channelbox.limit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts against one {@link Rate}: the bucket is full at first, each try takes a permit if there is one, and permits come
 * back with time. In no stretch of time are more taken than the burst and what the rate earns in it. May be used by any
 * number of threads; nobody waits for anybody.
 */
public final class TokenBucket {

    private static final int BURSTS_OWED = 10;
    private static final long LONGEST_OWED = Duration.ofDays(50 * 365).toNanos();

    private final long nanosPerPermit;
    private final long nanosToFill;
    private final long nanosOwed;
    private final LongSupplier nanoTime;
    // When the bucket is full again if nobody takes anything: that one number is all there is to know of it.
    private final AtomicLong fullAt;

    /** Makes a full bucket, by this monotonic clock of nanoseconds. */
    public TokenBucket(Rate rate, LongSupplier nanoTime) {
        this.nanosPerPermit = rate.nanosPerPermit();
        this.nanosToFill = rate.nanosToFill();
        this.nanosOwed = nanosOwed(rate);
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.fullAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Returns the time in which as much is earned as may be owed. */
    private static long nanosOwed(Rate rate) {
        return rate.nanosToFill() > LONGEST_OWED / BURSTS_OWED ? LONGEST_OWED : rate.nanosToFill() * BURSTS_OWED;
    }

    /**
     * Takes permits that were used elsewhere, whether or not there are as many: what is missing is owed, up to ten bursts, and must come
     * back before there is one to take.
     */
    public void spend(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("permits must be at least 1, was " + permits);
        }
        long most = nanosToFill + nanosOwed;
        long spent = permits > most / nanosPerPermit ? most : permits * nanosPerPermit;
        fullAt.updateAndGet(full -> {
            long now = nanoTime.getAsLong();
            long missing = Math.max(full - now, 0);
            return now + (missing > most - spent ? most : missing + spent);
        });
    }

    /** Returns after which time it is full, if nobody takes anything. */
    long nanosUntilFull() {
        return Math.max(fullAt.get() - nanoTime.getAsLong(), 0);
    }

    /** Takes a permit and returns zero; or takes none and returns how long to wait until there is one, if nobody else takes it. */
    public Duration tryTake() {
        while (true) {
            long full = fullAt.get();
            long now = nanoTime.getAsLong();
            long afterwards = Math.max(full - now, 0) + nanosPerPermit;
            if (afterwards > nanosToFill) {
                return Duration.ofNanos(afterwards - nanosToFill);
            }
            if (fullAt.compareAndSet(full, now + afterwards)) {
                return Duration.ZERO;
            }
        }
    }
}
