package io.channelbox.limit;

import java.time.Duration;
import java.util.Objects;

/**
 * How often something may be done: {@code Rate.perSecond(20).burst(40)} lets 40 through at once after a rest, and 20 a
 * second for as long as it likes.
 *
 * @param permits how many times, in the long run
 * @param per in how long
 * @param burst how many times at once, after a rest
 */
public record Rate(int permits, Duration per, int burst) {

    private static final long LONGEST_FILLING = Duration.ofDays(100 * 365).toNanos();

    /** Refuses numbers below 1, more than one permit a nanosecond, and a burst that takes longer than a century to earn. */
    public Rate {
        atLeastOne("permits", permits);
        atLeastOne("burst", burst);
        if (Objects.requireNonNull(per, "per").compareTo(Duration.ofNanos(permits)) < 0) {
            throw new IllegalArgumentException(
                    "per must have at least a nanosecond for each of " + permits + " permits, was " + per);
        }
        if (per.compareTo(Duration.ofNanos(LONGEST_FILLING)) > 0
                || nanosPerPermit(permits, per) > LONGEST_FILLING / burst) {
            throw new IllegalArgumentException("a burst of " + burst + " at " + permits + " per " + per
                    + " takes longer than a century to earn. Make it smaller.");
        }
    }

    private static void atLeastOne(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, was " + number);
        }
    }

    /** Returns the rate of this many a second, and as many at once. */
    public static Rate perSecond(int permits) {
        return of(permits, Duration.ofSeconds(1));
    }

    /** Returns the rate of this many a minute, and as many at once. */
    public static Rate perMinute(int permits) {
        return of(permits, Duration.ofMinutes(1));
    }

    /** Returns the rate of this many in that time, and as many at once. */
    public static Rate of(int permits, Duration per) {
        return new Rate(permits, per, permits);
    }

    /** Returns the same rate, with this many at once. */
    public Rate burst(int atOnce) {
        return new Rate(permits, per, atOnce);
    }

    /** Returns how many permits are earned in a second. */
    public double permitsPerSecond() {
        return permits * 1e9 / per.toNanos();
    }

    /** Returns the time in which one permit is earned, rounded up: a limit errs on the side of less. */
    long nanosPerPermit() {
        return nanosPerPermit(permits, per);
    }

    /** Returns the time in which an empty bucket fills. */
    long nanosToFill() {
        return nanosPerPermit() * burst;
    }

    private static long nanosPerPermit(int permits, Duration per) {
        return Math.floorDiv(per.toNanos() + permits - 1, (long) permits);
    }
}
