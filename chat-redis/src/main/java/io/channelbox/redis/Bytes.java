package io.channelbox.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What scripts are given and what they answer. */
final class Bytes {

    static final byte[] NONE = new byte[0];
    static final byte[] YES = {'1'};

    // Some 2,700 years: what Lua can still count to the millisecond.
    private static final Duration LONGEST = Duration.ofDays(1_000_000);

    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] of(long number) {
        return of(Long.toString(number));
    }

    static byte[] of(boolean yes) {
        return yes ? YES : NONE;
    }

    /** Returns a time in milliseconds, at least one unless it is zero, and at most what a script can count. */
    static byte[] of(Duration time) {
        return of(millis(time));
    }

    static long millis(Duration time) {
        if (time.compareTo(LONGEST) > 0) {
            return LONGEST.toMillis();
        }
        return time.isZero() ? 0 : Math.max(1, time.toMillis());
    }

    static String text(@Nullable Object answer) {
        return new String((byte[]) Objects.requireNonNull(answer, "a text in an answer"), UTF_8);
    }

    static long number(@Nullable Object answer) {
        return (Long) Objects.requireNonNull(answer, "a number in an answer");
    }
}
