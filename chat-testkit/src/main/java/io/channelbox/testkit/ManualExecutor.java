package io.channelbox.testkit;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Work that waits until a test runs it, in order, on the test's own thread. */
public final class ManualExecutor implements Executor {

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
    }

    /** Runs what waits, and what that brings, until nothing waits. */
    public void runAll() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /** Runs the next piece of work and tells whether there was one. */
    public boolean runNext() {
        Runnable next = waiting.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    /** Returns the number of pieces of work that wait. */
    public int size() {
        return waiting.size();
    }
}
