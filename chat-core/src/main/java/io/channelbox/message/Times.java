package io.channelbox.message;

import java.time.Duration;
import java.util.Objects;

/** Checks durations at the door, and measures them. */
public final class Times {

    private static final Duration FOR_EVER = Duration.ofDays(100 * 365);

    private Times() {}

    /** Returns the time, and refuses one that is negative, naming it. */
    public static Duration notNegative(String what, Duration time) {
        if (Objects.requireNonNull(time, what).isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, was " + time);
        }
        return time;
    }

    /** Returns the nanoseconds; what does not fit is as good as for ever. */
    public static long nanos(Duration time) {
        return time.compareTo(FOR_EVER) > 0 ? FOR_EVER.toNanos() : time.toNanos();
    }

    /** Returns the time rounded up: peers are told milliseconds, and whoever waits as long as told is to be heard. */
    public static Duration inWholeMillis(Duration wait) {
        return Duration.ofMillis(wait.plusNanos(999_999).toMillis());
    }

    /** Returns the time, and refuses one that is shorter or longer than these, naming it. */
    public static Duration between(String what, Duration shortest, Duration longest, Duration time) {
        if (Objects.requireNonNull(time, what).compareTo(shortest) < 0 || time.compareTo(longest) > 0) {
            throw new IllegalArgumentException(what + " must be from " + shortest + " to " + longest + ", was " + time);
        }
        return time;
    }

    /** Returns the time, and refuses one that is zero or negative, naming it. */
    public static Duration positive(String what, Duration time) {
        if (notNegative(what, time).isZero()) {
            throw new IllegalArgumentException(what + " must be positive, was " + time);
        }
        return time;
    }
}
