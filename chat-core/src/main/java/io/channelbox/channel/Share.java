package io.channelbox.channel;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Those members of a group to whom one thread at a time sends what broadcasts have queued, and how far it is: see {@link Flusher}. */
final class Share {

    private static final int IDLE = 0;
    private static final int READY = 1;
    private static final int DRAINING = 2;
    private static final int AGAIN = 3;
    private static final int STATE = 3;
    private static final int ONE_MORE = 4;

    private final List<Membership> members;
    private final @Nullable Executor loop;
    // One of the states, and above it how many broadcasts have come since the last drain began.
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Makes a share.
     *
     * @param loop the thread that writes to these members; null if any may
     */
    Share(List<Membership> members, @Nullable Executor loop) {
        this.members = members;
        this.loop = loop;
    }

    @Nullable
    Executor loop() {
        return loop;
    }

    List<Membership> members() {
        return members;
    }

    /** A broadcast was queued for the members. Tells whether they are now to be lined up for a drain: nobody has done so yet. */
    boolean queued() {
        int before = waiting.getAndUpdate(now -> (now + ONE_MORE) | ((now & STATE) >= DRAINING ? AGAIN : READY));
        return (before & STATE) == IDLE;
    }

    /** Returns how many broadcasts have come since the last drain began. */
    int behind() {
        return waiting.get() >>> 2;
    }

    /** Whoever took this out of the line begins. */
    void drainBegins() {
        waiting.set(DRAINING);
    }

    /** Tells whether something came meanwhile, and this is to be lined up again. */
    boolean drainEnds() {
        int before = waiting.getAndUpdate(now -> (now & STATE) == AGAIN ? now - AGAIN + READY : IDLE);
        return (before & STATE) == AGAIN;
    }
}
