package io.channelbox.soak;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The one thread of all clients: what is said on their sockets, and what they meant to do later. */
final class Loop implements AutoCloseable {

    private record Timer(long at, long number, Runnable task) {}

    private final Selector selector;
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private final Queue<Runnable> handed = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "clients");
    private long timersSoFar;
    private volatile boolean closed;

    Loop() throws IOException {
        selector = Selector.open();
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    /** Completes, with an exception, when something has failed that must not; then nothing goes on. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /** Runs this soon. The only method that other threads may call, besides {@link #close}. */
    void execute(Runnable task) {
        handed.add(task);
        selector.wakeup();
    }

    void later(long nanos, Runnable task) {
        timers.add(new Timer(System.nanoTime() + nanos, timersSoFar++, task));
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(Loop::ready, millisUntilNextTimer());
                for (Runnable task = handed.poll(); task != null; task = handed.poll()) {
                    task.run();
                }
                long now = System.nanoTime();
                while (!timers.isEmpty() && timers.element().at() - now <= 0) {
                    timers.remove().task().run();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.completeExceptionally(e);
        } finally {
            selector.keys().forEach(key -> ((Wire) key.attachment()).reset());
        }
    }

    private static void ready(SelectionKey key) {
        ((Wire) key.attachment()).ready();
    }

    private long millisUntilNextTimer() {
        if (timers.isEmpty()) {
            return 0; // as long as it takes
        }
        long nanos = timers.element().at() - System.nanoTime();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
