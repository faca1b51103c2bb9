package io.channelbox.channel;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what broadcasts have queued, without any lock held. Whoever broadcasts does it itself while few others do, since a hand-over
 * costs more than a few sends. When enough threads are at it, it leaves its members to them: so all that comes during a fan-out
 * leaves together in the next one, and each group is drained by one thread at a time. Members whose connections are written to by a thread of
 * their container's are left to that thread, all with one task.
 */
final class Flusher {

    private static final Logger log = LoggerFactory.getLogger(Flusher.class);

    /** So many members a broadcasting thread looks after besides its own, before it asks the executor for a thread. */
    private static final int MOST_BESIDES = 256;

    /** A group that is so many broadcasts behind is drained by those who broadcast, which slows them down. */
    private static final int MUCH = 32;

    private static final int MOST_THREADS = 64;

    private final Executor executor;
    private final ConcurrentLinkedQueue<Share> ready = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Share> readyForLoops = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Share> late = new AtomicReference<>(); // the last one that is far behind
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger mostThreads;
    private volatile boolean goesOn; // some group was drained since the last sweep
    private boolean wasHeldUp; // touched by the sweep only

    Flusher(Executor executor, int mostThreads) {
        this.executor = executor;
        this.mostThreads = new AtomicInteger(mostThreads);
    }

    /** Something was queued for these members. It calls nobody: {@link #flush} is still to be called. */
    void queued(Snapshot members) {
        for (Share share : members.shares()) {
            if (share.queued()) {
                lineUp(share);
            } else if (share.behind() > MUCH) {
                late.set(share);
            }
        }
    }

    private void lineUp(Share share) {
        (share.loop() == null ? ready : readyForLoops).add(share);
    }

    /** Sends what is ready, or leaves it to those who are at it, unless they do not keep up. */
    void flush() {
        for (Share next = readyForLoops.poll(); next != null; next = readyForLoops.poll()) {
            leaveToItsLoop(next);
        }
        boolean handedOver = false;
        while (!handedOver && !ready.isEmpty() && enter()) {
            workOff(MOST_BESIDES);
            handedOver = !ready.isEmpty() && handOver();
            if (!handedOver) {
                leave();
            }
        }
        Share behind = late.get() == null ? null : late.getAndSet(null);
        if (behind != null) {
            drain(behind);
        }
    }

    private void leaveToItsLoop(Share share) {
        try {
            Objects.requireNonNull(share.loop()).execute(() -> drainOnLoop(share));
        } catch (RejectedExecutionException e) { // its connections are about to hear that they are gone
            drainInTurn(share);
        }
    }

    private void drainOnLoop(Share share) {
        if (isToBeDrainedAgain(share)) {
            leaveToItsLoop(share); // behind what else that thread has to do
        }
    }

    private boolean enter() {
        int most = mostThreads.get();
        return threads.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }

    private void leave() {
        threads.decrementAndGet();
    }

    private boolean handOver() {
        try {
            executor.execute(this::workOffAll);
            return true;
        } catch (RejectedExecutionException e) { // the box is closing: this thread goes on
            return false;
        }
    }

    private void workOffAll() {
        workOff(Integer.MAX_VALUE);
        leave();
        flush(); // what became ready just before this thread left
    }

    private void workOff(int mostMembers) {
        int done = 0;
        for (Share next = ready.poll(); next != null; next = done < mostMembers ? ready.poll() : null) {
            drainInTurn(next);
            done += next.members().size();
        }
    }

    private void drainInTurn(Share share) {
        if (isToBeDrainedAgain(share)) {
            lineUp(share);
        }
    }

    private boolean isToBeDrainedAgain(Share share) {
        share.drainBegins();
        drain(share);
        return share.drainEnds();
    }

    private void drain(Share share) {
        for (Membership member : share.members()) {
            try {
                member.channel().outbox().drain();
            } catch (RuntimeException | Error e) { // whatever it is, the others still get theirs
                log.error("Sending to {} failed", member.channel(), e);
            }
        }
        goesOn = true;
    }

    /** Once a second: when all threads that may be at it have been held up by some connection since the last time, one more is let in. */
    void sweep() {
        boolean heldUp = !ready.isEmpty() && !goesOn;
        goesOn = false;
        if (heldUp && wasHeldUp && mostThreads.get() < MOST_THREADS) {
            mostThreads.incrementAndGet();
            flush();
        }
        wasHeldUp = heldUp;
    }
}
