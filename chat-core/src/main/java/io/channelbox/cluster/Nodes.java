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
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node among the others: says that it lives, learns who does not any more, and passes on what concerns all. */
final class Nodes implements Cluster {

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);

    // As long as the shortest time for which a node is believed: a beat may be late.
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(1);

    private final String node;
    private final Shards shards;
    private final Backplane backplane; // of the first shard
    private final Link link;
    private final Executor pulse;
    private final LongSupplier nanoTime;
    private final Duration timeout;
    private final boolean staysLocal;
    private final ConnectionCounts connections;

    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile boolean known; // whether all was told of this node that it had been forgotten with
    private volatile long beatAt;
    private volatile long believedAt; // when it was last said that this node lives
    private volatile long claimsFrom;
    private volatile boolean begun;
    private volatile boolean closed;
    private boolean troubled; // by whoever beats, one at a time
    private final GoneNodes goneNodes = new GoneNodes();

    Nodes(String node, Shards shards, Executor pulse, LongSupplier nanoTime, Duration timeout, boolean staysLocal) {
        this.node = node;
        this.shards = shards;
        this.backplane = shards.first().backplane();
        this.link = shards.first().link();
        this.pulse = pulse;
        this.nanoTime = nanoTime;
        this.timeout = timeout;
        this.staysLocal = staysLocal;
        this.connections = new ConnectionCounts(node, backplane, link, nanoTime);
    }

    /** Says for the first time that this node lives. */
    void begin() {
        beatAt = nanoTime.getAsLong();
        believedAt = beatAt;
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

    /** Another node has told something. */
    void lives(String other) {
        goneNodes.lives(other);
    }

    /** Another node says that it leaves. */
    void leaves(String other) {
        goneNodes.leaves(other);
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
        boolean believed = backplane.alive(node, timeout);
        if (!believed || wasSilent()) {
            claimLater();
        }
        believedAt = nanoTime.getAsLong();
        known = known && believed;
        if (!known) {
            log.warn("The other nodes had taken this one for gone, or all was lost: it tells of itself again");
            known = true;
            connections.wereForgotten();
            receiver.forgotten();
        }
        connections.sayAgainIfDue();
        if (nanoTime.getAsLong() - claimsFrom >= 0) {
            claimGone(receiver);
        }
    }

    /** For as long as others may have been for the same reason, and are believed no more: sooner than a node that was not heard once. */
    private boolean wasSilent() {
        long silence = Math.max(timeout.toNanos() * 3 / 5, SHORTEST_SILENCE.toNanos());
        return nanoTime.getAsLong() - believedAt >= silence;
    }

    private void claimGone(Receiver receiver) {
        for (String gone : backplane.claimGone(timeout)) {
            if (!gone.equals(node)) {
                logGone(gone);
                receiver.nodeGone(gone);
            }
        }
    }

    private void logGone(String gone) {
        boolean left = goneNodes.hadLeft(gone);
        if (!goneNodes.isNews(gone)) {
            return;
        }
        if (left) {
            log.info("Node {} has left", gone);
        } else {
            log.warn("Node {} is gone", gone);
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
        return connections.enter(user, most);
    }

    @Override
    public void leave(UserId user) {
        connections.leave(user);
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
    public boolean staysLocal() {
        return staysLocal;
    }

    @Override
    public Health health() {
        return shards.health();
    }

    private void asking(String orElse, Runnable question) {
        link.asking(orElse, question);
    }
}
