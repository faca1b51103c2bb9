package io.channelbox.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is to become true on other threads or in other processes. */
final class Eventually {

    private Eventually() {}

    static void is(String what, BooleanSupplier condition) {
        within(Duration.ofSeconds(30), what, condition);
    }

    /** Waits until it is so, and fails when it is not in this time. */
    static void within(Duration time, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Not within " + time + ": " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Checks that it stays so for this long. */
    static void stays(Duration time, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("It did not stay so: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
