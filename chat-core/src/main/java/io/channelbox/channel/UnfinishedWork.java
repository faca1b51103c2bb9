package io.channelbox.channel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** How much of a box's own work is not done, so that the box can wait for it when it closes. */
final class UnfinishedWork {

    // Whoever ends work counts down first and then looks for those who wait, who do it the other way round: so one sees
    // the other.
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger waiters = new AtomicInteger();

    void begun() {
        unfinished.incrementAndGet();
    }

    void done() {
        unfinished.decrementAndGet();
        changed();
    }

    /** Says that what {@link #awaitNone} waits for besides may have changed. */
    void changed() {
        if (waiters.get() > 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits until all work is done and the condition holds, at most this long, and tells whether that is so. */
    synchronized boolean awaitNone(BooleanSupplier condition, long nanos) {
        long deadline = System.nanoTime() + nanos;
        waiters.incrementAndGet();
        try {
            while (unfinished.get() > 0 || !condition.getAsBoolean()) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                wait(millis);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiters.decrementAndGet();
        }
    }
}
