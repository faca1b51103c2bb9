package io.channelbox.channel;

import io.channelbox.message.Times;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When one channel last did what: by a monotonic clock, so that nothing expires when somebody sets the time. Every field is
 * written by any thread and read by the sweeper; the latest writer is right enough.
 */
final class Liveness {

    private final LongSupplier nanoTime;
    private final long expiresAfter; // 0 is never
    private volatile long lastActive;
    private volatile long lastHeard;
    private volatile long lastTouched;
    private volatile long lastPinged;
    private volatile boolean awaitsPong;
    private volatile long closeAskedAt;
    private volatile boolean closeAsked;
    private volatile long workBeganAt;
    private volatile boolean working;
    private volatile boolean reportedStuck;
    private volatile boolean readerWorks;

    /** Takes the peer for one that was heard so long before, which brings the first ping forward. */
    Liveness(LongSupplier nanoTime, Duration expires, long heardBefore) {
        this.nanoTime = nanoTime;
        this.expiresAfter = Times.nanos(expires);
        this.lastActive = nanoTime.getAsLong();
        this.lastHeard = lastActive - heardBefore;
        this.lastTouched = lastActive;
    }

    /** A message came, or the application wants the channel to live. */
    void touched() {
        lastTouched = nanoTime.getAsLong();
        active();
    }

    Duration idle() {
        return Duration.ofNanos(since(lastTouched));
    }

    /** A frame came, a frame has left, or the application wants the channel to live. */
    void active() {
        if (expiresAfter > 0) { // most never expire, and this is on the way of every frame
            lastActive = nanoTime.getAsLong();
        }
    }

    /** Something came from the peer. */
    void heard() {
        lastHeard = nanoTime.getAsLong();
        awaitsPong = false;
    }

    void pinged() {
        lastPinged = nanoTime.getAsLong();
        awaitsPong = true;
    }

    void closeAsked() {
        closeAskedAt = nanoTime.getAsLong();
        closeAsked = true;
    }

    void workBegins() {
        workBeganAt = nanoTime.getAsLong();
        reportedStuck = false;
        working = true;
    }

    void workEnds() {
        working = false;
    }

    /** The thread that reads from the peer does other work, so nothing can be heard. */
    void readerLeaves() {
        readerWorks = true;
    }

    /** It reads again. Whatever came meanwhile is still to be read, so the peer is taken for heard first. */
    void readerReturns() {
        heard();
        readerWorks = false;
    }

    boolean isRead() {
        return !readerWorks;
    }

    /** Tells once of each callback that it has been running for so long. Asked by the sweeper only. */
    boolean isNewlyStuckFor(long nanos) {
        if (!working || reportedStuck || since(workBeganAt) < nanos) {
            return false;
        }
        reportedStuck = true;
        return true;
    }

    boolean hasExpired() {
        return expiresAfter > 0 && since(lastActive) >= expiresAfter;
    }

    boolean isClosingFor(long nanos) {
        return closeAsked && since(closeAskedAt) >= nanos;
    }

    boolean isSilentFor(long nanos) {
        return since(lastHeard) >= nanos;
    }

    boolean awaitsPong() {
        return awaitsPong;
    }

    boolean awaitsPongFor(long nanos) {
        return awaitsPong && since(lastPinged) >= nanos;
    }

    private long since(long then) {
        return nanoTime.getAsLong() - then;
    }
}
