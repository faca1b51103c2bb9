package io.channelbox.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a box that was given none: they end with the box, and never keep the process alive. */
final class DefaultThreads implements AutoCloseable {

    /** Where there are no virtual threads. Work is bounded by the number of connections: each has at most one callback at a time. */
    private static final int MOST_PLATFORM_THREADS = 256;

    private final ExecutorService executor = virtualThreadsIfThereAre();
    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(1, named("channelbox-sweeper"));

    ExecutorService executor() {
        return executor;
    }

    Scheduler scheduler() {
        return Scheduler.of(scheduler);
    }

    @Override
    public void close() {
        executor.shutdown();
        scheduler.shutdownNow();
    }

    private static ExecutorService virtualThreadsIfThereAre() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact();
        } catch (Throwable notBeforeJava21) { // what a method handle may throw
            return platformThreads();
        }
    }

    /** A thread that is free, else a new one, else the queue: in that order, which the JDK's pools do not offer. */
    private static ExecutorService platformThreads() {
        return new ThreadPoolExecutor(
                0,
                MOST_PLATFORM_THREADS,
                30,
                TimeUnit.SECONDS,
                new HandoverQueue(),
                named("channelbox"),
                DefaultThreads::queueWhenAllAreBusy);
    }

    private static void queueWhenAllAreBusy(Runnable work, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            throw new RejectedExecutionException("the box is closed");
        }
        ((HandoverQueue) pool.getQueue()).put(work);
    }

    /** Takes work at once only when a thread is waiting for it. */
    private static final class HandoverQueue extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable work) {
            return tryTransfer(work);
        }
    }

    private static ThreadFactory named(String name) {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
