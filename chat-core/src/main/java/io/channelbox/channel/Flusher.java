package io.channelbox.channel;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what broadcasts have queued, without any lock held. Whoever broadcasts does it itself while few others do, since a hand-over
 * costs more than a few sends. When enough threads are at it, it leaves its members to them: so all that comes during a fan-out
 * leaves together in the next one. Members whose connections are written to by a thread of their container's are left to that thread, all
 * with one task.
 */
final class Flusher {

    private static final Logger log = LoggerFactory.getLogger(Flusher.class);

    /** After so many members a broadcasting thread asks the executor for another one. */
    private static final int MOST_MEMBERS = 256;

    private final Executor executor;
    private final Executor rescuer;
    private final int mostThreads;
    private final ConcurrentLinkedQueue<Share> ready = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Share> readyForLoops = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicBoolean askedForThread = new AtomicBoolean();
    private volatile boolean goesOn; // what is ready was worked off since the last sweep
    private boolean wasHeldUp; // touched by the sweep only

    /**
     * Makes a flusher.
     *
     * @param executor goes on where broadcasting threads have done enough
     * @param rescuer has a thread in any case, for when all others are held up
     * @param mostThreads how many may be at it at a time
     */
    Flusher(Executor executor, Executor rescuer, int mostThreads) {
        this.executor = executor;
        this.rescuer = rescuer;
        this.mostThreads = mostThreads;
    }

    /** Something was queued for these members. It calls nobody: {@link #flush} is still to be called. */
    void queued(Snapshot members) {
        for (Share share : members.shares()) {
            if (share.queued()) {
                lineUp(share);
            }
        }
    }

    private void lineUp(Share share) {
        (share.loop() == null ? ready : readyForLoops).add(share);
    }

    /** Sends what is ready, or leaves it to those who are at it. */
    void flush() {
        for (Share next = readyForLoops.poll(); next != null; next = readyForLoops.poll()) {
            leaveToItsLoop(next);
        }
        boolean handedOver = false;
        while (!handedOver && workOffInTurn(MOST_MEMBERS)) {
            handedOver = !ready.isEmpty() && handOver();
        }
    }

    private void leaveToItsLoop(Share share) {
        try {
            Objects.requireNonNull(share.loop()).execute(() -> drainOnLoop(share));
        } catch (RuntimeException | Error e) { // its connections are about to hear that they are gone
            log.debug("An event loop refuses work", e);
            drainInTurn(share);
        }
    }

    private void drainOnLoop(Share share) {
        if (isToBeDrainedAgain(share)) {
            leaveToItsLoop(share); // behind what else that thread has to do
        }
    }

    /** Works off some of what is ready, if there is any, and a place among those who may. */
    private boolean workOffInTurn(int mostMembers) {
        if (ready.isEmpty() || !enter()) {
            return false;
        }
        try {
            workOff(mostMembers);
        } finally {
            threads.decrementAndGet();
        }
        return true;
    }

    private boolean enter() {
        return threads.getAndUpdate(now -> now < mostThreads ? now + 1 : now) < mostThreads;
    }

    /** Has the executor go on. It takes its place when it does: it may be busy for long with consumers that block. */
    private boolean handOver() {
        if (askedForThread.getAndSet(true)) {
            return false; // it has not come yet: go on here
        }
        try {
            executor.execute(this::workOffAll);
            return true;
        } catch (RuntimeException | Error e) { // the box is closing, or there are no threads: go on here
            log.debug("No thread to send by", e);
            askedForThread.set(false);
            return false;
        }
    }

    private void workOffAll() {
        askedForThread.set(false);
        boolean more = true;
        while (more) {
            more = workOffInTurn(Integer.MAX_VALUE);
        }
    }

    private void workOff(int mostMembers) {
        int done = 0;
        for (Share next = ready.poll(); next != null; next = done < mostMembers ? ready.poll() : null) {
            drainInTurn(next);
            done += next.members().size();
            goesOn = true;
        }
    }

    private void drainInTurn(Share share) {
        if (isToBeDrainedAgain(share)) {
            lineUp(share);
        }
    }

    private boolean isToBeDrainedAgain(Share share) {
        share.drainBegins();
        boolean done = false;
        try {
            drain(share);
            done = true;
            return share.drainEnds();
        } finally {
            if (!done && share.drainEnds()) {
                lineUp(share);
            }
        }
    }

    private void drain(Share share) {
        for (Membership member : share.members()) {
            try {
                member.channel().outbox().drain();
            } catch (RuntimeException | Error e) { // whatever it is, the others still get theirs
                log.error("Sending to {} failed", member.channel(), e);
            }
        }
    }

    /** Once a second: when all who may be at it have been held up since the last time, the rescuer works off what is ready, whoever is at it. */
    void sweep() {
        boolean heldUp = !ready.isEmpty() && !goesOn;
        goesOn = false;
        if (heldUp && wasHeldUp) {
            rescuer.execute(() -> workOff(Integer.MAX_VALUE));
        }
        wasHeldUp = heldUp;
    }
}
