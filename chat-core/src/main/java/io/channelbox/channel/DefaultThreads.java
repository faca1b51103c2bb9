package io.channelbox.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
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

    // Where there are no virtual threads. Each connection has at most one callback, one ping and one close waiting.
    private static final int MOST_FOR_CALLBACKS = 256;
    private static final int MOST_FOR_CONNECTIONS = 16;

    private final ExecutorService executor =
            virtualThreads().orElseGet(() -> platformThreads(MOST_FOR_CALLBACKS, "channelbox"));
    private final ExecutorService connectionExecutor =
            virtualThreads().orElseGet(() -> platformThreads(MOST_FOR_CONNECTIONS, "channelbox-connections"));
    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(1, named("channelbox-sweeper"));

    ExecutorService executor() {
        return executor;
    }

    /** On its own, so that connections are closed and pinged while every consumer blocks. */
    ExecutorService connectionExecutor() {
        return connectionExecutor;
    }

    Scheduler scheduler() {
        return Scheduler.of(scheduler);
    }

    @Override
    public void close() {
        executor.shutdown();
        connectionExecutor.shutdown();
        scheduler.shutdownNow();
    }

    private static Optional<ExecutorService> virtualThreads() {
        try {
            return Optional.of((ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact());
        } catch (Throwable notBeforeJava21) { // what a method handle may throw
            return Optional.empty();
        }
    }

    /** A thread that is free, else a new one, else the queue: in that order, which the JDK's pools do not offer. */
    private static ExecutorService platformThreads(int most, String name) {
        return new ThreadPoolExecutor(
                0, most, 30, TimeUnit.SECONDS, new HandoverQueue(), named(name), DefaultThreads::queueWhenAllAreBusy);
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

    /** Does work on a thread that is made for it: for when all others are held up. */
    static void startOne(Runnable work) {
        daemon(work, "channelbox-rescue").start();
    }

    private static ThreadFactory named(String name) {
        var number = new AtomicInteger();
        return work -> daemon(work, name + "-" + number.incrementAndGet());
    }

    /** Inherits nothing of the thread that happens to need it, and keeps no web application alive. */
    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(DefaultThreads.class.getClassLoader());
        return thread;
    }
}
