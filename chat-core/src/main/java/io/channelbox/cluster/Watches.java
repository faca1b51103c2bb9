package io.channelbox.cluster;

import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups that this node hears, from the first member until some time after the last: who reloads a page costs nothing.
 */
final class Watches {

    private static final Logger log = LoggerFactory.getLogger(Watches.class);

    private final Backplane backplane;
    private final Function<GroupName, Watch> factory;
    private final LongSupplier nanoTime;
    private final long lingerNanos;
    private final ConcurrentHashMap<GroupName, Watch> watches = new ConcurrentHashMap<>();
    // Whoever subscribes shares it, whoever ends subscriptions has it alone: the last word on a group is the right one.
    // Held
    // while the backplane is told; no other lock is taken inside.
    private final ReentrantReadWriteLock subscribing = new ReentrantReadWriteLock();

    Watches(Backplane backplane, Function<GroupName, Watch> factory, LongSupplier nanoTime, long lingerNanos) {
        this.backplane = backplane;
        this.factory = factory;
        this.nanoTime = nanoTime;
        this.lingerNanos = lingerNanos;
    }

    @Nullable
    Watch get(GroupName group) {
        return watches.get(group);
    }

    boolean isWatched(GroupName group) {
        Watch watch = watches.get(group);
        return watch != null && watch.isWatched();
    }

    List<Watch> all() {
        return List.copyOf(watches.values());
    }

    int size() {
        return watches.size();
    }

    /**
     * Begins to hear a group. Calls for one group never overlap.
     *
     * @param patient whether it may begin later, when nobody answers now
     * @param reached whether it is worth trying
     */
    void watch(GroupName group, boolean patient, boolean reached) {
        subscribing.readLock().lock();
        try {
            Watch known = watches.get(group);
            if (known != null) {
                known.watched();
                return;
            }
            Watch watch = factory.apply(group);
            watch.watched();
            watches.put(group, watch); // first: what comes before the answer is held
            try {
                if (reached || !patient) {
                    subscribe(List.of(watch));
                }
            } catch (StoreException e) {
                if (!patient) {
                    watches.remove(group);
                    forget(group);
                    throw e;
                }
            }
        } finally {
            subscribing.readLock().unlock();
        }
    }

    /** It may have been subscribed to before something failed. */
    private void forget(GroupName group) {
        try {
            backplane.unsubscribe(List.of(group));
        } catch (StoreException e) {
            log.debug("{} may still be subscribed to", group, e);
        }
    }

    /** Subscribes to groups that are not heard yet, and says where their streams stand. */
    private void subscribe(List<Watch> some) {
        List<GroupName> groups = groupsOf(some);
        backplane.subscribe(groups);
        Map<GroupName, StreamPosition> tops = backplane.tops(groups);
        some.forEach(watch -> watch.started(Optional.ofNullable(tops.get(watch.group()))));
    }

    private static List<GroupName> groupsOf(List<Watch> some) {
        return some.stream().map(Watch::group).toList();
    }

    /** Subscribes to what could not be subscribed to before; to what lies on a server that still does not answer, later. */
    void subscribeToRest() {
        subscribing.readLock().lock();
        try {
            List<Watch> rest =
                    all().stream().filter(watch -> !watch.hasStarted()).toList();
            List<Watch> answering = answering(rest);
            if (!answering.isEmpty()) {
                subscribe(answering);
            }
        } catch (PartlyUnreachableException e) {
            log.debug("Not all groups can be subscribed to", e);
        } finally {
            subscribing.readLock().unlock();
        }
    }

    /** Returns those whose server answers: of one that is known to be away that is known at once. */
    private List<Watch> answering(List<Watch> some) {
        try {
            backplane.tops(groupsOf(some));
            return some;
        } catch (PartlyUnreachableException e) {
            return some.size() == 1
                    ? List.of()
                    : some.stream()
                            .flatMap(each -> answering(List.of(each)).stream())
                            .toList();
        }
    }

    void unwatch(GroupName group) {
        Watch watch = watches.get(group);
        if (watch != null) {
            watch.unwatched(nanoTime.getAsLong());
        }
    }

    /** Ends hearing groups that nobody has been in for some time. */
    void sweep() {
        if (all().stream().noneMatch(this::isOver)) {
            return;
        }
        if (!subscribing.writeLock().tryLock()) {
            return; // somebody is joining, perhaps one that is slow to answer: the next time will do
        }
        try {
            List<GroupName> over = new ArrayList<>();
            for (Watch watch : watches.values()) {
                if (isOver(watch)) {
                    watches.remove(watch.group());
                    over.add(watch.group());
                }
            }
            if (!over.isEmpty()) {
                backplane.unsubscribe(over);
            }
        } finally {
            subscribing.writeLock().unlock();
        }
    }

    private boolean isOver(Watch watch) {
        return !watch.isWatched() && nanoTime.getAsLong() - watch.unwatchedAt() >= lingerNanos;
    }
}
