package io.channelbox.presence;

import io.channelbox.channel.Channel;
import io.channelbox.message.GroupName;
import java.util.concurrent.atomic.AtomicBoolean;

/** One channel that is tracked in one group, from being claimed to having left. */
final class Tracking {

    private final Channel channel;
    private final PresenceEntry entry;
    private final boolean mayWatch;
    private final AtomicBoolean over = new AtomicBoolean();
    private boolean active = true; // used by the sweep only

    Tracking(Channel channel, PresenceEntry entry, boolean mayWatch) {
        this.channel = channel;
        this.entry = entry;
        this.mayWatch = mayWatch;
    }

    Channel channel() {
        return channel;
    }

    /** Returns what the store was given; what has changed since is in the store. */
    PresenceEntry entry() {
        return entry;
    }

    GroupName group() {
        return entry.group();
    }

    /** Tells whether the peer may learn who is here. */
    boolean mayWatch() {
        return mayWatch;
    }

    /** Tells whether this was the first to end it. */
    boolean end() {
        return over.compareAndSet(false, true);
    }

    /** Notes whether the device is active, and tells whether that is news. */
    boolean isNews(boolean nowActive) {
        boolean news = active != nowActive;
        active = nowActive;
        return news;
    }
}
