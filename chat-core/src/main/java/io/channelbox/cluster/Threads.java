package io.channelbox.cluster;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a {@link ClusterBroker} works: the default is threads of its own, and a test gives what it can move by hand. */
public interface Threads extends AutoCloseable {

    /** Returns where what arrives is handed to members. It does not wait there. */
    Executor deliveries();

    /** Returns where the backplane is asked, which may block. */
    Executor questions();

    /** Returns where it is looked whether the backplane answers, and told that this node lives: nothing else may keep these waiting. */
    Executor pulse();

    /** Runs something every so often, not two at a time, until this is closed. It does not block. */
    void every(Duration period, Runnable work);

    /** Ends the threads. */
    @Override
    void close();

    /** Returns daemon threads: as many for deliveries as there are processors, and a few that ask. */
    static Threads daemons() {
        return new Daemons();
    }

    /** The default. */
    final class Daemons implements Threads {

        private static final int QUESTIONS = 4;

        private final AtomicInteger numbers = new AtomicInteger();
        private final ExecutorService deliveries =
                pool(Math.max(2, Runtime.getRuntime().availableProcessors()), "deliver");
        private final ExecutorService questions = pool(QUESTIONS, "ask");
        private final ExecutorService pulse = pool(2, "pulse");
        private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(named("tick"));

        private Daemons() {}

        /** What comes when it is closed is dropped: connections may still tell something. */
        private ExecutorService pool(int threads, String what) {
            return new ThreadPoolExecutor(
                    threads,
                    threads,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
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
            var unused =
                    ticks.scheduleWithFixedDelay(work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            ticks.shutdownNow();
            deliveries.shutdown();
            questions.shutdownNow();
            pulse.shutdownNow();
        }
    }
}
