package io.channelbox.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One thread at a time keeps what all threads have brought. The others sleep until theirs is kept, and need no lock to learn
 * it: or whoever is awake would take the lock again before they do, with nothing but its own next save.
 */
final class Saves {

    private final Consumer<List<Save>> keeper;
    private final ConcurrentLinkedQueue<Save> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean keeping = new AtomicBoolean();

    Saves(Consumer<List<Save>> keeper) {
        this.keeper = keeper;
    }

    /** Returns when the keeper has told this save its outcome. An interrupt waits until then: others may be waiting for this thread. */
    void keep(Save save) {
        boolean interrupted = Thread.interrupted();
        waiting.add(save);
        while (!save.isDone()) {
            if (keeping.compareAndSet(false, true)) {
                keepAll(save);
            } else {
                LockSupport.park(this);
            }
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepAll(Save own) {
        List<Save> together = own.isDone() ? List.of() : takeAll();
        try {
            if (!together.isEmpty()) {
                keeper.accept(together);
            }
        } finally {
            together.forEach(Save::wake); // before the next one may begin, so that it finds what they bring
            keeping.set(false);
            Save next = waiting.peek();
            if (next != null) {
                next.wake();
            }
        }
    }

    private List<Save> takeAll() {
        List<Save> taken = new ArrayList<>();
        for (Save next = waiting.poll(); next != null; next = waiting.poll()) {
            taken.add(next);
        }
        return taken;
    }
}
