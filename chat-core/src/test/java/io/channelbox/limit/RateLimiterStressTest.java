package io.channelbox.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads take from the same buckets while time goes on: never more than the burst and what was earned. */
@Timeout(60)
class RateLimiterStressTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 200;
    private static final int TRIES = 500;
    private static final int KEYS = 3;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void noNumberOfThreadsTakesMoreThanThereIs() throws Exception {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println("rate limiter stress: -Dchannelbox.seed=" + seed);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                oneRound(threads, new Random(seed + round));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void oneRound(ExecutorService threads, Random random) throws Exception {
        Rate rate = Rate.of(1 + random.nextInt(50), Duration.ofMillis(1 + random.nextInt(1_000)))
                .burst(1 + random.nextInt(50));
        nanos.set(random.nextLong());
        var limiter = new RateLimiter<Integer>(rate, nanos::get);
        long start = nanos.get();
        List<AtomicInteger> taken = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            taken.add(new AtomicInteger());
        }
        var together = new CyclicBarrier(THREADS);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            var own = new Random(random.nextLong());
            all.add(threads.submit(() -> {
                together.await();
                for (int i = 0; i < TRIES; i++) {
                    int key = own.nextInt(KEYS);
                    if (limiter.tryTake(key).isZero()) {
                        taken.get(key).incrementAndGet();
                    }
                    nanos.addAndGet(own.nextInt(100_000));
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        long earned = (nanos.get() - start) / rate.nanosPerPermit();
        for (int key = 0; key < KEYS; key++) {
            int count = taken.get(key).get();
            assertTrue(count <= rate.burst() + earned, rate + " let " + count + " through, earned " + earned);
            assertTrue(count >= Math.min(rate.burst(), 10), rate + " let only " + count + " through");
        }
        nanos.addAndGet(rate.nanosToFill());
        int full = 0;
        while (limiter.tryTake(0).isZero()) {
            full++;
        }
        assertEquals(rate.burst(), full, "a rest fills it, and not one more than that");
    }
}
