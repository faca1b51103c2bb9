package io.channelbox.cluster;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of a broker's own, which keep no process from ending. */
final class DaemonThreads implements Threads {

    private static final int QUESTIONS = 4;
    private static final int MOST_PULSES = 1_000; // one for each shard, and one for the nodes
    private static final long IDLE_SECONDS = 60;

    private final AtomicInteger numbers = new AtomicInteger();
    private final ExecutorService deliveries =
            pool(Math.max(2, Runtime.getRuntime().availableProcessors()), "deliver");
    private final ExecutorService questions = pool(QUESTIONS, "ask");
    private final ExecutorService pulse = pool(0, MOST_PULSES, new SynchronousQueue<>(), "pulse");
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(named("tick"));

    private ExecutorService pool(int threads, String what) {
        return pool(threads, threads, new LinkedBlockingQueue<>(), what);
    }

    /** What comes when it is closed is dropped: connections may still tell something. */
    private ExecutorService pool(int fewest, int most, BlockingQueue<Runnable> waiting, String what) {
        return new ThreadPoolExecutor(
                fewest,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                named(what),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private ThreadFactory named(String what) {
        return work -> {
            var thread = new Thread(work, "channelbox-cluster-" + what + "-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Executor deliveries() {
        return deliveries;
    }

    @Override
    public Executor questions() {
        return questions;
    }

    @Override
    public Executor pulse() {
        return pulse;
    }

    @Override
    public void every(Duration period, Runnable work) {
        var unused = ticks.scheduleWithFixedDelay(work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        deliveries.shutdown();
        questions.shutdownNow();
        pulse.shutdownNow();
    }
}
