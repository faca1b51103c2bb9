package io.channelbox.channel;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes work on and knows how much of it is not done, so that a box can wait for its own work when it closes. */
final class TrackedExecutor implements Executor {

    private static final Logger log = LoggerFactory.getLogger(TrackedExecutor.class);

    private final Executor executor;

    // Guarded by this.
    private int unfinished;

    TrackedExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable work) {
        count(1);
        try {
            executor.execute(() -> runAndCount(work));
        } catch (RejectedExecutionException e) {
            count(-1);
            throw e;
        }
    }

    private void runAndCount(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("Work of the box failed", e);
        } finally {
            count(-1);
        }
    }

    private synchronized void count(int more) {
        unfinished += more;
        notifyAll();
    }

    /** Says that what {@link #await} waits for may have changed. */
    synchronized void changed() {
        notifyAll();
    }

    /** Waits until all work is done and the condition holds, at most this long, and tells whether that is so. */
    synchronized boolean await(BooleanSupplier condition, long nanos) {
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
