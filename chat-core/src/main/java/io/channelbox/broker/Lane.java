package io.channelbox.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One thread at a time carries what all threads have brought: whoever gets the lock takes everything that waits, and those
 * behind find their own work done.
 */
final class Lane {

    private final Consumer<List<Pending>> carrier;
    private final Runnable afterwards;
    private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();
    // The only lock of the library that is held while a store or a receiver is called: it is the order of a group.
    private final ReentrantLock lock;

    /**
     * Makes a lane.
     *
     * @param carrier carries what waits, in its order
     * @param afterwards run by every thread that has published, without the lock
     * @param fair whether whoever waits longest goes first: needed where carrying waits for a disk, or the thread that has just carried takes
     *     the lock again for its own next message, with the others' still waiting to be noticed, and nothing gathers
     */
    Lane(Consumer<List<Pending>> carrier, Runnable afterwards, boolean fair) {
        this.carrier = carrier;
        this.afterwards = afterwards;
        this.lock = new ReentrantLock(fair);
    }

    PublishResult publish(Publication publication) {
        var pending = new Pending(publication);
        waiting.add(pending);
        try {
            carryUnlessDone(pending);
        } finally {
            afterwards.run();
        }
        return pending.result();
    }

    /** Does something while nothing is carried. */
    void alone(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void carryUnlessDone(Pending pending) {
        lock.lock();
        try {
            if (!pending.isDone()) {
                carrier.accept(takeAll());
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Pending> takeAll() {
        List<Pending> taken = new ArrayList<>();
        for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
            taken.add(next);
        }
        return taken;
    }
}
