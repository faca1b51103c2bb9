package io.channelbox.fake;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Work waits until a test runs it. */
public final class ManualExecutor implements Executor {

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean refusing;

    @Override
    public void execute(Runnable work) {
        if (refusing) {
            throw new RejectedExecutionException("this executor refuses");
        }
        waiting.add(work);
    }

    /** Runs what waits, and what that brings. */
    public void run() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /** Returns the number of pieces of work that wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Takes nothing more, or takes work again. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }
}
