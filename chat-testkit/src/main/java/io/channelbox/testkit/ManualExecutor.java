package io.channelbox.testkit;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Work that waits until a test runs it, in order, on the test's own thread. */
public final class ManualExecutor implements Executor {

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean held;

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
    }

    /** Runs what waits, and what that brings, until nothing waits. */
    public void runAll() {
        boolean ran;
        do {
            ran = runNext();
        } while (ran);
    }

    /** Runs the next piece of work and tells whether there was one. */
    public boolean runNext() {
        Runnable next = held ? null : waiting.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    /** Runs nothing, as if all threads were busy, until it may. */
    void hold(boolean isHeld) {
        held = isHeld;
    }

    /** Tells whether there is work that may be run. */
    boolean hasWork() {
        return !held && !waiting.isEmpty();
    }

    /** Returns the number of pieces of work that wait. */
    public int size() {
        return waiting.size();
    }
}
