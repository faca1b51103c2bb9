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

    private final List<Membership> members;
    private final @Nullable Executor loop;
    private final AtomicInteger state = new AtomicInteger(IDLE);

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
        return state.getAndUpdate(now -> now >= DRAINING ? AGAIN : READY) == IDLE;
    }

    /** Whoever took this out of the line begins. */
    void drainBegins() {
        state.set(DRAINING);
    }

    /** Tells whether something came meanwhile, and this is to be lined up again. */
    boolean drainEnds() {
        return state.getAndUpdate(now -> now == AGAIN ? READY : IDLE) == AGAIN;
    }
}
