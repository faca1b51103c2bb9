package io.channelbox.channel;

import java.util.function.BooleanSupplier;

/** How much of a box's own work is not done, so that the box can wait for it when it closes. */
final class UnfinishedWork {

    // Guarded by this.
    private int unfinished;

    synchronized void begun() {
        unfinished++;
    }

    synchronized void done() {
        unfinished--;
        notifyAll();
    }

    /** Says that what {@link #awaitNone} waits for besides may have changed. */
    synchronized void changed() {
        notifyAll();
    }

    /** Waits until all work is done and the condition holds, at most this long, and tells whether that is so. */
    synchronized boolean awaitNone(BooleanSupplier condition, long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            while (unfinished > 0 || !condition.getAsBoolean()) {
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
        }
    }
}
