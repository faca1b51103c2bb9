package io.channelbox.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what is to become so, for a bounded time and as long as those live who are to bring it about. */
final class Patience {

    private static final Duration LOOK_AROUND = Duration.ofMillis(50);

    /** Lets time go by, and fails when somebody ends by itself meanwhile. */
    @FunctionalInterface
    interface Passing {
        void runFor(Duration time) throws Exception;
    }

    private final Duration longest;
    private final Passing passing;
    private final Supplier<String> whereToLook;

    Patience(Duration longest, Passing passing, Supplier<String> whereToLook) {
        this.longest = longest;
        this.passing = passing;
        this.whereToLook = whereToLook;
    }

    void await(String what, BooleanSupplier condition) throws Exception {
        await(() -> what, condition);
    }

    void await(Supplier<String> what, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() < deadline, () -> "waited too long for " + what.get() + "; " + whereToLook.get());
            passing.runFor(LOOK_AROUND);
        }
    }
}
