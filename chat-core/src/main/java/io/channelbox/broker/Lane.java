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
    private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();
    // The only lock of the library that is held while a store or a receiver is called: it is the order of a group.
    private final ReentrantLock lock = new ReentrantLock();

    Lane(Consumer<List<Pending>> carrier) {
        this.carrier = carrier;
    }

    PublishResult publish(Publication publication) {
        var pending = new Pending(publication);
        waiting.add(pending);
        lock.lock();
        try {
            if (!pending.isDone()) {
                carrier.accept(takeAll());
            }
        } finally {
            lock.unlock();
        }
        return pending.result();
    }

    private List<Pending> takeAll() {
        List<Pending> taken = new ArrayList<>();
        for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
            taken.add(next);
        }
        return taken;
    }
}
