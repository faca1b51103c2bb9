package io.channelbox.cluster;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Signal;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node among the others: says that it lives, learns who does not any more, and passes on what concerns all. */
final class Nodes implements Cluster {

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);
    private static final Duration COUNTED_EVERY = Duration.ofHours(6);

    private final String node;
    private final Shards shards;
    private final Backplane backplane; // of the first shard
    private final Link link;
    private final Executor pulse;
    private final LongSupplier nanoTime;
    private final Duration timeout;
    // How many connections of each user were counted for this node: said again when they may be counted otherwise.
    private final Map<UserId, Integer> counted = new ConcurrentHashMap<>();
    // Whoever counts one shares it, whoever says all has it alone: no count comes in between. Held while the backplane
    // is told.
    private final ReentrantReadWriteLock counting = new ReentrantReadWriteLock();
    private volatile boolean miscounted;
    private volatile long countedAt;

    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile boolean known; // whether all was told of this node that it had been forgotten with
    private volatile long beatAt;
    private volatile long claimsFrom;
    private volatile boolean begun;
    private volatile boolean closed;
    private boolean troubled; // by whoever beats, one at a time
    private final Leavers leavers = new Leavers();

    Nodes(String node, Shards shards, Executor pulse, LongSupplier nanoTime, Duration timeout) {
        this.node = node;
        this.shards = shards;
        this.backplane = shards.first().backplane();
        this.link = shards.first().link();
        this.pulse = pulse;
        this.nanoTime = nanoTime;
        this.timeout = timeout;
    }

    /** Says for the first time that this node lives. */
    void begin() {
        beatAt = nanoTime.getAsLong();
        countedAt = beatAt;
        claimLater();
        backplane.alive(node, timeout);
        begun = true;
        known = true;
    }

    /** Whoever was not there, like everybody else perhaps, cannot tell who is gone before all had the time to come back. */
    private void claimLater() {
        claimsFrom = nanoTime.getAsLong() + timeout.toNanos();
    }

    /** Says that this node leaves: somebody takes away what it leaves behind. */
    void end() {
        closed = true;
        if (!begun) {
            return;
        }
        try {
            backplane.tell(Signals.leaving(node));
        } finally {
            backplane.alive(node, Duration.ZERO);
        }
    }

    /** Another node says that it leaves. */
    void leaves(String other) {
        leavers.add(other);
    }

    /** Some time has passed: says that this node lives, five times in as long as it is believed. */
    void tick(Receiver receiver) {
        boolean due = nanoTime.getAsLong() - beatAt >= timeout.toNanos() / 5;
        if (due && link.answers() && beating.compareAndSet(false, true)) {
            beatAt = nanoTime.getAsLong();
            pulse.execute(() -> {
                try {
                    beat(receiver);
                    troubled = false;
                    link.accepted();
                } catch (UnreachableException e) {
                    link.failed(e);
                } catch (StoreException e) {
                    link.refused(e);
                    tryAgain(e);
                } catch (RuntimeException | Error e) { // what the box does with it
                    tryAgain(e);
                } finally {
                    beating.set(false);
                }
            });
        }
    }

    /** With the next one: it is said once how it goes wrong. */
    private void tryAgain(Throwable why) {
        if (troubled) {
            log.debug("It could not be seen to again", why);
        } else {
            log.warn("What is to be known of the other nodes could not be seen to, and is tried again", why);
        }
        troubled = true;
    }

    private void beat(Receiver receiver) {
        if (closed) {
            return;
        }
        if (!backplane.alive(node, timeout)) {
            known = false;
            claimLater();
        }
        if (!known) {
            log.warn("The other nodes had taken this one for gone, or all was lost: it tells of itself again");
            known = true;
            miscounted = true;
            receiver.forgotten();
        }
        if (miscounted || nanoTime.getAsLong() - countedAt >= COUNTED_EVERY.toNanos()) {
            countAgain();
        }
        if (nanoTime.getAsLong() - claimsFrom >= 0) {
            claimGone(receiver);
        }
    }

    private void countAgain() {
        counting.writeLock().lock();
        try {
            miscounted = false;
            backplane.entered(node, Map.copyOf(counted));
            countedAt = nanoTime.getAsLong();
        } catch (StoreException e) {
            miscounted = true;
            throw e;
        } finally {
            counting.writeLock().unlock();
        }
    }

    private void claimGone(Receiver receiver) {
        for (String gone : backplane.claimGone(timeout)) {
            if (!gone.equals(node)) {
                if (leavers.remove(gone)) {
                    log.info("Node {} has left", gone);
                } else {
                    log.warn("Node {} is gone", gone);
                }
                receiver.nodeGone(gone);
            }
        }
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public void tell(Signal signal) {
        asking("The other nodes were not told", () -> backplane.tell(Signals.write(signal, node)));
    }

    @Override
    public void tell(GroupName group, Signal signal) {
        Shard shard = shards.of(group);
        shard.link()
                .asking(
                        "The other nodes were not told",
                        () -> shard.backplane().tell(group, Signals.write(signal, node)));
    }

    @Override
    public void ban(Signal.Ban ban) {
        asking("The other nodes were not told of the ban", () -> {
            backplane.ban(ban);
            backplane.tell(Signals.write(ban, node));
        });
    }

    @Override
    public List<Signal.Ban> bans() {
        List<Signal.Ban> bans = new ArrayList<>();
        asking("The bans of all nodes were not read", () -> bans.addAll(backplane.bans()));
        return List.copyOf(bans);
    }

    @Override
    public boolean enter(UserId user, int most) {
        if (!link.answers()) {
            throw link.notAsked("A connection of " + user + " was not counted");
        }
        counting.readLock().lock();
        try {
            boolean entered = backplane.enter(node, user, most);
            if (entered) {
                counted.merge(user, 1, Integer::sum);
            }
            return entered;
        } catch (UnreachableException e) {
            miscounted = true;
            link.failed(e);
            throw e;
        } catch (StoreException e) { // it may have been counted
            miscounted = true;
            throw e;
        } finally {
            counting.readLock().unlock();
        }
    }

    @Override
    public void leave(UserId user) {
        counting.readLock().lock();
        try {
            counted.computeIfPresent(user, (id, connections) -> connections == 1 ? null : connections - 1);
            asking("A connection less was not counted", () -> backplane.leave(node, user));
        } catch (StoreException e) {
            miscounted = true;
        } finally {
            counting.readLock().unlock();
        }
    }

    @Override
    public void forget(String gone) {
        asking("Node " + gone + " was not forgotten", () -> backplane.forget(gone));
    }

    @Override
    public <T> Optional<T> shared(Class<T> type) {
        return backplane.shared(type).map(shared -> Guarded.by(link, type, shared));
    }

    @Override
    public Health health() {
        return shards.health();
    }

    private void asking(String orElse, Runnable question) {
        link.asking(orElse, question);
    }
}
