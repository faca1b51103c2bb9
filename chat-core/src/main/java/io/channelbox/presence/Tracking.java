package io.channelbox.presence;

import io.channelbox.channel.Channel;
import io.channelbox.channel.Scheduler;
import io.channelbox.message.GroupName;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One channel that is tracked in one group, from being claimed to having left. */
final class Tracking {

    private final Channel channel;
    private final PresenceEntry entry;
    private final boolean mayWatch;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean active = true; // written by the sweep only
    private PresenceEntry known; // used by whoever runs the lane

    // Guarded by this. Never held while calling the channel.
    private Scheduler.Task leaveHook = () -> {};
    private Optional<Tracking> before = Optional.empty();

    Tracking(Channel channel, PresenceEntry entry, boolean mayWatch) {
        this.channel = channel;
        this.entry = entry;
        this.known = entry;
        this.mayWatch = mayWatch;
    }

    Channel channel() {
        return channel;
    }

    /** Returns what the store was given; what has changed since is in the store. */
    PresenceEntry entry() {
        return entry;
    }

    /** Notes how the store has it now. */
    void known(PresenceEntry now) {
        if (now.isSameStay(entry)) {
            known = now;
        }
    }

    /** Returns what the store is given when it has lost it. */
    PresenceEntry known() {
        return known.active(active);
    }

    GroupName group() {
        return entry.group();
    }

    /** Tells whether the peer may learn who is here. */
    boolean mayWatch() {
        return mayWatch;
    }

    /** It takes the place of another tracking of the same channel. */
    synchronized void replaces(Tracking other) {
        before = Optional.of(other);
    }

    /** It began: the hook tells of its end, and what it replaced needs none any more. */
    void begun(Scheduler.Task hook) {
        Optional<Tracking> replaced;
        synchronized (this) {
            leaveHook = hook;
            replaced = before;
            before = Optional.empty();
        }
        replaced.ifPresent(Tracking::forgetHook);
        if (over.get()) { // meanwhile, and perhaps before there was a hook
            forgetHook();
        }
    }

    /** Tells whether this was the first to end it. */
    boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            forgetHook();
        }
        return first;
    }

    private void forgetHook() {
        Scheduler.Task hook;
        synchronized (this) {
            hook = leaveHook;
            leaveHook = () -> {};
        }
        hook.cancel();
    }

    /** Notes whether the device is active, and tells whether that is news. */
    boolean isNews(boolean nowActive) {
        boolean news = active != nowActive;
        active = nowActive;
        return news;
    }

    /** Tells whether the device was active when that was last looked for. */
    boolean isActive() {
        return active;
    }
}
