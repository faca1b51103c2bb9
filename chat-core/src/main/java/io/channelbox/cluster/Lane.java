package io.channelbox.cluster;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done for some groups, one thing at a time and in the order in which it came. An executor's thread does it, or a
 * publisher's that would wait for it anyway.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final long MOST_BYTES = 16 << 20;
    private static final int BYTES_OF_A_TASK = 200;
    private static final int MOST_AT_ONCE = 1_000;

    private record Task(Runnable work, int bytes) {}

    private final Executor executor;
    private final Runnable afterwards;
    private final ConcurrentLinkedQueue<Task> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    // Held while what waits is done: it is the order of a group on this node.
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Makes a lane.
     *
     * @param afterwards run by whoever has done something, without the lock
     */
    Lane(Executor executor, Runnable afterwards) {
        this.executor = executor;
        this.afterwards = afterwards;
    }

    /** Adds something; not when so much waits that it can only be fallen behind. */
    boolean offer(int size, Runnable work) {
        int taken = size + BYTES_OF_A_TASK;
        if (bytes.get() + taken > MOST_BYTES) {
            return false;
        }
        bytes.addAndGet(taken);
        waiting.add(new Task(work, taken));
        schedule();
        return true;
    }

    /** Adds something that must be done, however much waits. */
    void add(Runnable work) {
        waiting.add(new Task(work, 0));
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) { // closed, or too busy: whoever adds next tries again
                scheduled.set(false);
            }
        }
    }

    private void run() {
        scheduled.set(false);
        runHere();
    }

    /**
     * Does what waits on the calling thread, unless another one is at it. Of much it does a part, and the executor the rest: a publisher is
     * not kept for ever by what others say, nor a thread of several lanes by one of them.
     */
    void runHere() {
        int left = MOST_AT_ONCE;
        while (left > 0 && !waiting.isEmpty() && !lock.isHeldByCurrentThread() && lock.tryLock()) {
            try {
                left = take(left);
            } finally {
                lock.unlock();
            }
        }
        if (left < MOST_AT_ONCE) {
            afterwards.run();
        }
        if (left == 0 && !waiting.isEmpty()) {
            schedule();
        }
    }

    private int take(int most) {
        int left = most;
        for (Task next = poll(left); next != null; next = poll(left)) {
            left--;
            bytes.addAndGet(-next.bytes());
            try {
                next.work().run();
            } catch (RuntimeException | Error e) { // those behind it are done in any case
                log.error("Something that came from another node could not be told", e);
            }
        }
        return left;
    }

    private @Nullable Task poll(int left) {
        return left == 0 ? null : waiting.poll();
    }
}
