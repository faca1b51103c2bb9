package io.channelbox.redis;

import io.channelbox.cluster.Backplane.Listener;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connection hears what is published, and whether all subscriptions hold on it. The listener is told in the order in which that was
 * decided, whoever decided it.
 *
 * @param <C> a connection
 */
final class Hearing<C> {

    private static final Logger log = LoggerFactory.getLogger(Hearing.class);

    private final Listener listener;
    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
    // Held while the listener is told: it is the order. No other lock is taken inside.
    private final ReentrantLock telling = new ReentrantLock();

    // Guarded by this. Never held while the listener is told, nor while one is that waits for a connection.
    private @Nullable C current;
    private CompletableFuture<C> ready = new CompletableFuture<>();
    private boolean held; // whether all subscriptions hold on the current one
    private boolean everHeld;
    private boolean closed;

    Hearing(Listener listener) {
        this.listener = listener;
    }

    /** Takes a connection for the one there is. Tells whether it is taken: it is not any more when this is closed. */
    synchronized boolean begin(C connection) {
        if (!closed) {
            current = connection;
        }
        return !closed;
    }

    @Nullable
    synchronized C current() {
        return current;
    }

    /** Returns the connection on which all subscriptions hold, when there is one. */
    synchronized CompletableFuture<C> ready() {
        return ready;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** All subscriptions hold on a connection: whoever waits for it may have it, if it still is the one there is. */
    void holdsOn(C connection) {
        CompletableFuture<C> awaited;
        synchronized (this) {
            if (current != connection || held) {
                return;
            }
            held = true;
            awaited = ready;
            if (everHeld) { // of the first, whoever starts is told by its being ready
                untold.add(listener::connected);
            }
            everHeld = true;
        }
        awaited.complete(connection);
        tell();
    }

    /** Forgets a connection, and tells whether it was the one there is. */
    boolean lose(C connection, String why) {
        synchronized (this) {
            if (current != connection) {
                return false;
            }
            current = null;
            if (held) {
                held = false;
                ready = new CompletableFuture<>();
                untold.add(() -> listener.disconnected(why));
            }
        }
        tell();
        return true;
    }

    synchronized void close() {
        closed = true;
        current = null;
    }

    private void tell() {
        while (!untold.isEmpty() && !telling.isHeldByCurrentThread() && telling.tryLock()) {
            try {
                for (Runnable next = untold.poll(); next != null; next = untold.poll()) {
                    run(next);
                }
            } finally {
                telling.unlock();
            }
        }
    }

    private static void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("A listener failed", e);
        }
    }
}
