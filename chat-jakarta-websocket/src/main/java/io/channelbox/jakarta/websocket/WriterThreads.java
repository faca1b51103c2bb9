package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Scheduler;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A deployment's {@link FrameWriter} and its threads. There are none before the first write; they end when the deployment does, or when
 * nothing was written for some seconds.
 */
final class WriterThreads implements AutoCloseable {

    private static final int IDLE_SECONDS = 5;

    /** Without a bound of its own: the writer has no more than a few turns at a time. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("channelbox-writer"));

    private final ScheduledThreadPoolExecutor ticks =
            new ScheduledThreadPoolExecutor(1, named("channelbox-writer-ticks"));

    private final FrameWriter writer = new FrameWriter(threads, this::everyTick, WriterThreads::isBlocked);

    WriterThreads() {
        ticks.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        ticks.allowCoreThreadTimeOut(true);
        ticks.setRemoveOnCancelPolicy(true);
    }

    /** With its thread made first: else a tick for which there is none would be kept, and come later, uncalled. */
    private Scheduler.Task everyTick(Duration period, Runnable work) {
        ticks.prestartCoreThread();
        return Scheduler.of(ticks).every(period, work);
    }

    FrameWriter writer() {
        return writer;
    }

    @Override
    public void close() {
        writer.close();
        threads.shutdown();
        ticks.shutdownNow();
    }

    /** A thread that runs, or would if there were a processor for it, waits for no peer. */
    private static boolean isBlocked(Thread thread) {
        return thread.getState() != Thread.State.RUNNABLE;
    }

    private static ThreadFactory named(String name) {
        var number = new AtomicInteger();
        return work -> {
            var thread = new Thread(null, work, name + "-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(WriterThreads.class.getClassLoader()); // keeps no other web application alive
            return thread;
        };
    }
}
