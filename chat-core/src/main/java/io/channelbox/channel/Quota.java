package io.channelbox.channel;

import java.util.concurrent.atomic.AtomicLong;

/** What may wait for all channels of a box together, in bytes. A little for each is free, so that the fast ones never ask. */
final class Quota {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    Quota(long most) {
        this.most = most;
    }

    /** Takes so many bytes, if there are as many left. */
    boolean take(long bytes) {
        long before = taken.getAndUpdate(now -> now + bytes <= most ? now + bytes : now);
        return before + bytes <= most;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
