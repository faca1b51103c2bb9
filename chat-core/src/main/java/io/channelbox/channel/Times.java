package io.channelbox.channel;

import java.time.Duration;
import java.util.Objects;

/** Checks durations at the door. */
final class Times {

    private Times() {}

    static Duration notNegative(String what, Duration time) {
        if (Objects.requireNonNull(time, what).isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, was " + time);
        }
        return time;
    }

    static Duration positive(String what, Duration time) {
        if (notNegative(what, time).isZero()) {
            throw new IllegalArgumentException(what + " must be positive, was " + time);
        }
        return time;
    }
}
