package io.channelbox.benchmarks.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Threads that do the same for some time, or until everything is done. */
final class Crew {

    private Crew() {}

    /** Work that is done again and again. */
    @FunctionalInterface
    interface Work {
        void run(int thread, int times);
    }

    /** Works until the time is over, and returns how often. */
    static long during(Duration time, int threads, Work work) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        return run(threads, thread -> {
            int times = 0;
            for (; System.nanoTime() - end < 0; times++) {
                work.run(thread, times);
            }
            return times;
        });
    }

    /** Does everything from zero up to this number, and returns how long it took. */
    static Duration all(int count, int threads, IntConsumer work) throws InterruptedException {
        long start = System.nanoTime();
        run(threads, thread -> {
            for (int i = thread; i < count; i += threads) {
                work.accept(i);
            }
            return 0;
        });
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @FunctionalInterface
    private interface Turn {
        int of(int thread);
    }

    private static long run(int threads, Turn turn) throws InterruptedException {
        ExecutorService crew = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> turns = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                turns.add(crew.submit(() -> turn.of(thread)));
            }
            long sum = 0;
            for (Future<Integer> each : turns) {
                sum += each.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IllegalStateException("what was measured failed", e.getCause());
        } finally {
            crew.shutdown();
        }
    }
}
