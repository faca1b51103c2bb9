package io.channelbox.channel;

import io.channelbox.broker.Broker;
import io.channelbox.message.GroupName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the broker which groups have members here. Calls for one group never overlap, and the last one is right, however first
 * and last members come and go: each looks at the registry, which knows the truth.
 */
final class Interest {

    private static final int STRIPES = 64;

    private final GroupRegistry registry;
    private final Broker broker;
    private final SharedHistory shared;
    private final Set<GroupName> watched = ConcurrentHashMap.newKeySet();
    // Held while the broker is told, by first and last members only. No other lock is taken inside or outside of it.
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    Interest(GroupRegistry registry, Broker broker, SharedHistory shared) {
        this.registry = registry;
        this.broker = broker;
        this.shared = shared;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Returns when the broker knows of the group what was true when this was called, or later. */
    void update(GroupName group) {
        ReentrantLock stripe = stripes[group.hashCode() & STRIPES - 1];
        stripe.lock();
        try {
            if (registry.exists(group)) {
                if (!watched.contains(group)) {
                    broker.watch(group);
                    shared.changed(group); // of what was said before, nobody here was told
                    watched.add(group);
                }
            } else if (watched.remove(group)) {
                broker.unwatch(group);
            }
        } finally {
            stripe.unlock();
        }
    }
}
