package io.channelbox.consumer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Does the work of one connection one piece at a time, in order, on whatever thread the executor has. */
final class Mailbox {

    /** So that one busy connection lets go of its thread now and then. */
    private static final int MOST_IN_A_ROW = 64;

    private final Executor executor;

    // Guarded by this. Never held while working.
    private final Queue<Runnable> waiting = new ArrayDeque<>(2);
    private boolean running;

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable work) {
        synchronized (this) {
            waiting.add(work);
            if (running) {
                return;
            }
            running = true;
        }
        goOn();
    }

    private void goOn() {
        try {
            executor.execute(this::workOff);
        } catch (RejectedExecutionException e) { // what waits is done when the executor takes something again
            synchronized (this) {
                running = false;
            }
            throw e;
        }
    }

    private void workOff() {
        for (int done = 0; done < MOST_IN_A_ROW; done++) {
            Runnable next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            }
            next.run();
        }
        goOn();
    }
}
