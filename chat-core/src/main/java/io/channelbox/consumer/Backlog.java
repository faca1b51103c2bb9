package io.channelbox.consumer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How much waits for one consumer, in bytes. For any thread; but one at a time waits for room, the one that reads from the peer. */
final class Backlog {

    private final int most;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable CountDownLatch room; // while a thread waits for it
    private volatile boolean over;

    Backlog(int most) {
        this.most = most;
    }

    /** Takes so many bytes in, unless that is too much. As much as one message may always wait, however large. */
    boolean add(int bytes) {
        int before = waiting.getAndAdd(bytes);
        if (before > 0 && before + bytes > most) {
            waiting.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void remove(int bytes) {
        waiting.addAndGet(-bytes);
        if (!isHalfFull()) {
            letGo();
        }
    }

    boolean isHalfFull() {
        return waiting.get() > most / 2;
    }

    /** Nobody waits for room any more. */
    void end() {
        over = true;
        letGo();
    }

    /**
     * Waits until it is no more than half full, or for so long. Returns false when there is nothing more to wait for.
     *
     * <p>Who waits writes {@link #room} before it looks, and who makes room looks after that is made: one of them sees the other.
     */
    boolean awaitRoom(Duration atMost) {
        var made = new CountDownLatch(1);
        room = made;
        try {
            return isHalfFull() && !over && !made.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) { // whose thread it is wants it back
            Thread.currentThread().interrupt();
            return false;
        } finally {
            room = null;
        }
    }

    private void letGo() {
        CountDownLatch waitedFor = room;
        if (waitedFor != null) {
            waitedFor.countDown();
        }
    }
}
