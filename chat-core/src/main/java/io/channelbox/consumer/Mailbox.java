package io.channelbox.consumer;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of one connection one piece at a time, in order, on whatever thread the executor has, or on one that brings work
 * and may be kept. Work may pause the rest until something it waits for has happened.
 */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /** So that one busy connection lets go of its thread now and then. */
    private static final int MOST_IN_A_ROW = 64;

    /** A thread that brought one piece of work is not to do everybody else's. */
    private static final int MOST_ON_A_KEPT_THREAD = 4;

    private final Executor executor;

    // Guarded by this. Never held while working.
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2);
    private State state = State.IDLE;
    private boolean paused;

    private enum State {
        IDLE,
        /** A thread is working, or the executor has been asked for one. */
        WORKING,
        /** There is no thread until somebody resumes. */
        PARKED
    }

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable work) {
        if (queue(work)) {
            goOn();
        }
    }

    /** Queues work. Answers true when nobody works, so that the caller has to: it calls {@link #workHere} at once. */
    synchronized boolean queue(Runnable work) {
        waiting.addLast(work);
        if (state != State.IDLE) {
            return false;
        }
        state = State.WORKING;
        return true;
    }

    /** Works on the calling thread, until nothing is queued or the executor can go on after a few pieces. */
    void workHere() {
        workOff(MOST_ON_A_KEPT_THREAD);
    }

    /** For the work that is being done: when it has returned, nothing else is done until {@link #resume}. */
    synchronized void pause() {
        paused = true;
    }

    /** Goes on with this, then with what waits. To be called once for each pause, by any thread, also before the paused work has returned. */
    void resume(Runnable first) {
        synchronized (this) {
            waiting.addFirst(first);
            paused = false;
            if (state != State.PARKED) {
                return;
            }
            state = State.WORKING;
        }
        goOn();
    }

    private void goOn() {
        try {
            executor.execute(this::workOnExecutor);
        } catch (RejectedExecutionException e) { // what waits is done when the executor takes something again
            synchronized (this) {
                state = State.IDLE;
            }
            throw e;
        }
    }

    private void workOnExecutor() {
        workOff(MOST_IN_A_ROW);
    }

    private void workOff(int mostInARow) {
        for (int done = 1; workOffNext(); done++) {
            if (done % mostInARow == 0 && handOver()) {
                return;
            }
        }
    }

    /** Lets another thread go on; when the executor takes nothing more, this one has to, or what waits would never be done. */
    private boolean handOver() {
        try {
            executor.execute(this::workOnExecutor);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private boolean workOffNext() {
        Runnable next;
        synchronized (this) {
            if (paused) {
                state = State.PARKED;
                return false;
            }
            next = waiting.pollFirst();
            if (next == null) {
                state = State.IDLE;
                return false;
            }
        }
        try {
            next.run();
        } catch (Throwable e) { // also what other languages throw unasked: what waits is still done
            log.error("Work of a connection failed", e);
        }
        return true;
    }
}
