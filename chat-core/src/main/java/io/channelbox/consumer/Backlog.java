package io.channelbox.consumer;

import io.channelbox.message.Frame;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How much waits for one consumer, in bytes. For any thread; but one at a time waits for room, the one that reads from the peer. */
final class Backlog {

    /** What a frame weighs besides its bytes: a flood of empty ones is a flood too. */
    private static final int FRAME_OVERHEAD = 128;

    private final int most;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable CountDownLatch room; // while a thread waits for it
    private volatile boolean over;

    Backlog(int most) {
        this.most = most;
    }

    /** Takes a frame in, unless that is too much. As much as one frame may always wait, however large. */
    boolean add(Frame frame) {
        int before = waiting.getAndAdd(weight(frame));
        if (before > 0 && before + weight(frame) > most) {
            waiting.addAndGet(-weight(frame));
            return false;
        }
        return true;
    }

    void remove(Frame frame) {
        waiting.addAndGet(-weight(frame));
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

    private static int weight(Frame frame) {
        return frame.size() + FRAME_OVERHEAD;
    }
}
