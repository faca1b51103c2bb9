package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Connection;
import io.channelbox.channel.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the writes of many connections, which may block, on few threads. A burst wakes one thread, which writes until nothing waits.
 * A thread that is still in the same write after a tick is given up: it may finish, and another goes on with the rest. Ticks come only
 * while there is something to write.
 */
final class FrameWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FrameWriter.class);

    static final Duration TICK = Duration.ofMillis(10);
    static final int MOST_THREADS = 8;
    static final int QUIET_TICKS = 100;

    private static final int MOST_AT_WORK = Math.min(4, Runtime.getRuntime().availableProcessors());
    private static final int BACKLOG_FOR_EACH = 64;

    /** What one connection has to say. */
    interface Write {

        /** Returns whose it is. */
        Connection connection();

        /** Writes, and may block until the peer has read. It tells its own outcome and throws nothing. */
        void write();

        /** Writes without blocking, in place of {@link #write}: there is no thread for it. */
        void writeWithoutThread();

        /** Learns that {@link #write} takes longer than others are made to wait for it. */
        void tookTooLong();
    }

    private final Executor threads;
    private final Scheduler ticks;
    private final Predicate<Thread> isBlocked;

    // Guarded by this. Never held while writing.
    private final Queue<Write> waiting = new ArrayDeque<>();
    private final List<Turn> atWork = new ArrayList<>();
    private final List<Turn> stuck = new ArrayList<>();
    private Scheduler.@Nullable Task ticking;
    private int quietTicks;
    private boolean closed;

    FrameWriter(Executor threads, Scheduler ticks, Predicate<Thread> isBlocked) {
        this.threads = threads;
        this.ticks = ticks;
        this.isBlocked = isBlocked;
    }

    /** Has this written soon, on another thread. Returns false when it is not: all threads are stuck, or this is closed. */
    boolean offer(Write write) {
        Turn another;
        synchronized (this) {
            if (closed || stuck.size() >= MOST_THREADS || !keepsTicking()) {
                return false;
            }
            waiting.add(write);
            if (!needsAnother()) {
                return true;
            }
            another = addTurn();
        }
        start(another);
        return true;
    }

    /** The scheduler is our own: it calls nobody from inside. Answers false when the process has no thread for it. */
    private boolean keepsTicking() {
        quietTicks = 0;
        try {
            if (ticking == null) {
                ticking = ticks.every(TICK, this::tick);
            }
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError none) {
            log.debug("No thread to watch writes with", none);
            return false;
        }
    }

    private boolean needsAnother() {
        int working = atWork.size();
        return working == 0
                || (working < MOST_AT_WORK
                        && working + stuck.size() < MOST_THREADS
                        && waiting.size() >= BACKLOG_FOR_EACH * working);
    }

    private Turn addTurn() {
        var turn = new Turn();
        atWork.add(turn);
        return turn;
    }

    private void start(Turn turn) {
        try {
            threads.execute(turn);
        } catch (RejectedExecutionException
                | OutOfMemoryError none) { // closed meanwhile, or the process has no threads left
            log.debug("No thread to write with", none);
            withoutThread(restAfter(turn));
        }
    }

    private synchronized List<Write> restAfter(Turn turn) {
        atWork.remove(turn);
        return atWork.isEmpty() ? takeAll() : List.of();
    }

    private List<Write> takeAll() {
        List<Write> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private static void withoutThread(List<Write> writes) {
        for (Write write : writes) {
            try {
                write.writeWithoutThread();
            } catch (RuntimeException | Error e) { // whatever it is, the others are still written
                log.error("A write failed", e);
            }
        }
    }

    private synchronized @Nullable Write next(Turn turn) {
        boolean wasGivenUp = stuck.remove(turn);
        Write next = wasGivenUp ? null : waiting.poll();
        if (next == null) {
            atWork.remove(turn);
        }
        turn.thread = Thread.currentThread();
        Thread.interrupted(); // that was meant for the write which has ended
        turn.current = next;
        turn.wasSeen = false;
        return next;
    }

    private void tick() {
        try {
            lookAround();
        } catch (RuntimeException | Error e) { // a tick that throws would be the last one
            log.error("Watching the writes failed", e);
        }
    }

    private void lookAround() {
        List<Write> tooLong;
        List<Write> rest = List.of();
        Turn another = null;
        synchronized (this) {
            tooLong = giveUp();
            if (!waiting.isEmpty() && atWork.isEmpty()) {
                if (stuck.size() < MOST_THREADS) {
                    another = addTurn();
                } else {
                    rest = takeAll();
                }
            }
            stopTickingWhenQuiet();
        }
        if (another != null) {
            start(another); // first: whatever the others throw, it is counted as at work
        }
        withoutThread(rest);
        for (Write write : tooLong) {
            try {
                write.tookTooLong();
            } catch (RuntimeException | Error e) { // whatever it is, the others are still told
                log.error("A write that takes long could not be told so", e);
            }
        }
    }

    /** Whoever was seen in the same write at the tick before has been in it for as long as a tick at least, but may only lack a processor. */
    private List<Write> giveUp() {
        List<Write> tooLong = new ArrayList<>();
        for (Turn turn : List.copyOf(atWork)) {
            Write current = turn.current;
            Thread thread = turn.thread;
            if (current != null && thread != null && turn.wasSeen && isBlocked.test(thread)) {
                atWork.remove(turn);
                stuck.add(turn);
                tooLong.add(current);
            }
            turn.wasSeen = true;
        }
        return tooLong;
    }

    private void stopTickingWhenQuiet() {
        quietTicks++;
        if (quietTicks >= QUIET_TICKS && atWork.isEmpty() && ticking != null) {
            ticking.cancel();
            ticking = null;
        }
    }

    /** Ends the write of a connection that is closed, if one still blocks. Closing the socket does not wake it. */
    synchronized void interrupt(Connection closed) {
        interrupt(closed, atWork);
        interrupt(closed, stuck);
    }

    private static void interrupt(Connection closed, List<Turn> turns) {
        for (Turn turn : turns) {
            Write current = turn.current;
            Thread thread = turn.thread;
            if (current != null && current.connection() == closed && thread != null) {
                thread.interrupt();
            }
        }
    }

    /** What waits leaves without our threads, and so does what is offered from now on. */
    @Override
    public void close() {
        List<Write> rest;
        synchronized (this) {
            closed = true;
            rest = takeAll();
            if (ticking != null) {
                ticking.cancel();
                ticking = null;
            }
        }
        withoutThread(rest);
    }

    /** One thread's work, from the first write to the last. Its fields are guarded by the writer. */
    private final class Turn implements Runnable {

        private @Nullable Write current;
        private boolean wasSeen;
        private @Nullable Thread thread;

        @Override
        public void run() {
            for (Write write = next(this); write != null; write = next(this)) {
                try {
                    write.write();
                } catch (RuntimeException | Error e) { // whatever it is, the others are still written
                    log.error("A write failed", e);
                }
            }
        }
    }
}
