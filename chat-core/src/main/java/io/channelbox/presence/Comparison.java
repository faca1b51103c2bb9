package io.channelbox.presence;

import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares groups with the store in turns, each once in a while, since what other nodes tell is told once and may be lost. One question a
 * second tells which groups have changed since their last turn, and only those are read.
 */
final class Comparison {

    private static final Logger log = LoggerFactory.getLogger(Comparison.class);
    private static final int TURNS = 40;

    private final Presence presence;
    private final Lanes lanes;
    private final Executor executor;
    private final AtomicBoolean asking = new AtomicBoolean();
    private int turn; // by the sweep

    Comparison(Presence presence, Lanes lanes, Executor executor) {
        this.presence = presence;
        this.lanes = lanes;
        this.executor = executor;
    }

    /** A second has passed: it is some groups' turn. */
    void sweep() {
        turn = (turn + 1) % TURNS;
        List<GroupName> groups = lanes.groups().stream()
                .filter(group -> Math.floorMod(group.hashCode(), TURNS) == turn)
                .toList();
        if (!groups.isEmpty() && asking.compareAndSet(false, true)) {
            try {
                executor.execute(() -> compare(groups));
            } catch (RejectedExecutionException e) { // too busy: it will be their turn again
                asking.set(false);
            }
        }
    }

    private void compare(List<GroupName> groups) {
        try {
            Map<GroupName, Long> versions = presence.store().versions(groups);
            groups.forEach(group -> {
                long version = versions.getOrDefault(group, 0L);
                lanes.addIfThere(group, at -> at.compare(version));
            });
        } catch (RuntimeException | Error e) { // the store, most likely: it will be their turn again
            log.debug("{} groups could not be compared with the store", groups.size(), e);
        } finally {
            asking.set(false);
        }
    }
}
