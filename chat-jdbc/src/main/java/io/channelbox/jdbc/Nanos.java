package io.channelbox.jdbc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Times as they are kept: nanoseconds since 1970 in 64 bits, which last from 1677 to 2262. */
final class Nanos {

    private static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    /**
     * Returns the time as a number.
     *
     * @throws DateTimeException when it is out of range
     */
    static long of(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            throw new DateTimeException("a time must be between 1678 and 2262 to be kept, was " + time, e);
        }
    }

    /** Returns the time as a number; one that is out of range becomes the first or the last. */
    static long nearestTo(Instant time) {
        try {
            return of(time);
        } catch (DateTimeException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Returns the length as a number; one of centuries becomes endless. */
    static long of(Duration length) {
        try {
            return length.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Returns a positive length later; endless when that is out of range. */
    static long later(long time, long length) {
        return time > Long.MAX_VALUE - length ? Long.MAX_VALUE : time + length;
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
