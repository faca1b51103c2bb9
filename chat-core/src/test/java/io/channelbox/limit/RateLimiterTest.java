package io.channelbox.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void eachKeyHasABucketOfItsOwn() {
        var limiter = new RateLimiter<String>(Rate.perSecond(1), nanos::get);
        assertEquals(Duration.ZERO, limiter.tryTake("ann"));

        assertEquals(Duration.ZERO, limiter.tryTake("bob"));
        assertEquals(Duration.ofSeconds(1), limiter.tryTake("ann"));
    }

    @Test
    void aCrowdOfKeysGivesNobodyAFullBucket() {
        var limiter = new RateLimiter<String>(Rate.of(1, Duration.ofHours(1)), nanos::get);
        limiter.tryTake("ann");

        for (int i = 0; i < 100_000; i++) {
            limiter.tryTake("crowd " + i);
        }

        assertEquals(Duration.ofHours(1), limiter.tryTake("ann"));
    }

    @Test
    void aKeyIsForgottenWhenItsBucketHasLongBeenFullAgain() {
        var limiter = new RateLimiter<String>(Rate.of(2, Duration.ofHours(2)), nanos::get);
        for (int i = 0; i < 1_000; i++) {
            limiter.tryTake("crowd " + i);
        }

        pass(Duration.ofHours(2));
        limiter.tryTake("ann");
        assertEquals(1_001, limiter.size());
        pass(Duration.ofMinutes(1));
        limiter.tryTake("ann");

        assertEquals(1, limiter.size());
        assertEquals(Duration.ofHours(1).minusMinutes(1), limiter.tryTake("ann"), "and she is not");
    }

    @Test
    void aKeyThatOwesIsRememberedUntilThatIsEarned() {
        var limiter = new RateLimiter<String>(Rate.perSecond(1), nanos::get);

        limiter.spend("ann", 11);
        pass(Duration.ofSeconds(9));

        assertEquals(Duration.ofSeconds(2), limiter.tryTake("ann"));
        pass(Duration.ofMinutes(2));
        assertEquals(0, limiter.size());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
