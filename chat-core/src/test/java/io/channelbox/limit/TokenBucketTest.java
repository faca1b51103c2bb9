package io.channelbox.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aFullBucketGivesItsBurstAtOnceAndThenSaysHowLongToWait() {
        var bucket = new TokenBucket(Rate.perSecond(10).burst(3), nanos::get);

        assertEquals(3, takenOf(bucket, 5));

        assertEquals(Duration.ofMillis(100), bucket.tryTake());
    }

    @Test
    void whoWaitsAsLongAsToldIsServedAndWhoWaitsLessIsNot() {
        var bucket = new TokenBucket(Rate.perSecond(10).burst(1), nanos::get);
        takenOf(bucket, 1);
        pass(Duration.ofMillis(40));
        Duration wait = bucket.tryTake();
        assertEquals(Duration.ofMillis(60), wait);

        pass(wait.minusNanos(1));
        assertEquals(Duration.ofNanos(1), bucket.tryTake());
        pass(Duration.ofNanos(1));

        assertEquals(Duration.ZERO, bucket.tryTake());
    }

    @Test
    void aRefusedTryCostsNothing() {
        var bucket = new TokenBucket(Rate.perSecond(10).burst(1), nanos::get);
        takenOf(bucket, 1_000);

        pass(Duration.ofMillis(100));

        assertEquals(1, takenOf(bucket, 1_000));
    }

    @Test
    void permitsComeBackOneByOneAndNeverMoreThanTheBurst() {
        var bucket = new TokenBucket(Rate.perSecond(10).burst(5), nanos::get);
        takenOf(bucket, 5);

        pass(Duration.ofMillis(250));
        assertEquals(2, takenOf(bucket, 5));
        pass(Duration.ofDays(10));

        assertEquals(5, takenOf(bucket, 100));
    }

    @Test
    void inTheLongRunTheRateIsKeptToThePermit() {
        var bucket = new TokenBucket(Rate.perSecond(20).burst(40), nanos::get);
        int taken = 0;
        for (int milli = 0; milli < 10_000; milli++) {
            taken += takenOf(bucket, 2);
            pass(Duration.ofMillis(1));
        }

        assertEquals(40 + 20 * 10 - 1, taken, "the last one is earned at the end of the tenth second");
    }

    @Test
    void whatWasUsedElsewhereIsOwedUpToTenBursts() {
        var bucket = new TokenBucket(Rate.perSecond(10).burst(2), nanos::get);

        bucket.spend(1);
        assertEquals(1, takenOf(bucket, 5));
        bucket.spend(5);
        assertEquals(Duration.ofMillis(600), bucket.tryTake());
        bucket.spend(Integer.MAX_VALUE);

        assertEquals(Duration.ofMillis(2_100), bucket.tryTake());
    }

    @Test
    void aRateThatTakesACenturyCanBeOwedToo() {
        var bucket = new TokenBucket(Rate.of(1, Duration.ofDays(100 * 365)), nanos::get);

        bucket.spend(Integer.MAX_VALUE);

        assertEquals(Duration.ofDays(150 * 365), bucket.tryTake());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE, Long.MAX_VALUE - 100_000_000})
    void theClockMayStartAnywhereAndRunOver(long start) {
        nanos.set(start);
        var bucket = new TokenBucket(Rate.perSecond(10).burst(2), nanos::get);

        assertEquals(2, takenOf(bucket, 5));
        pass(Duration.ofMillis(150));

        assertEquals(1, takenOf(bucket, 5));
        assertEquals(Duration.ofMillis(50), bucket.tryTake());
    }

    private int takenOf(TokenBucket bucket, int tries) {
        return (int)
                IntStream.range(0, tries).filter(i -> bucket.tryTake().isZero()).count();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
