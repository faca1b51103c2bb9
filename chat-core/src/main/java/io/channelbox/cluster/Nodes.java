package io.channelbox.cluster;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Signal;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node among the others: says that it lives, learns who does not any more, and passes on what concerns all. */
final class Nodes implements Cluster {

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);

    private final String node;
    private final Backplane backplane;
    private final Link link;
    private final Executor questions;
    private final LongSupplier nanoTime;
    private final Duration timeout;
    // How many connections of each user were counted for this node: said again when they were forgotten.
    private final Map<UserId, Integer> counted = new ConcurrentHashMap<>();
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile boolean known;
    private volatile long beatAt;

    Nodes(String node, Backplane backplane, Link link, Executor questions, LongSupplier nanoTime, Duration timeout) {
        this.node = node;
        this.backplane = backplane;
        this.link = link;
        this.questions = questions;
        this.nanoTime = nanoTime;
        this.timeout = timeout;
    }

    /** Says for the first time that this node lives. */
    void begin() {
        beatAt = nanoTime.getAsLong();
        backplane.alive(node, timeout);
        known = true;
    }

    /** Some time has passed: says that this node lives, five times in as long as it is believed. */
    void tick(Receiver receiver) {
        boolean due = nanoTime.getAsLong() - beatAt >= timeout.toNanos() / 5;
        if (due && link.answers() && beating.compareAndSet(false, true)) {
            beatAt = nanoTime.getAsLong();
            questions.execute(() -> {
                try {
                    beat(receiver);
                } catch (UnreachableException e) {
                    link.failed(e);
                } catch (RuntimeException | Error e) { // what the box does with it is tried again with the next one
                    log.warn("What is to be known of the other nodes could not be seen to, and is tried again", e);
                } finally {
                    beating.set(false);
                }
            });
        }
    }

    private void beat(Receiver receiver) {
        if (!backplane.alive(node, timeout)) {
            known = false;
        }
        if (!known) {
            log.warn("The other nodes had taken this one for gone, or all was lost: it tells of itself again");
            backplane.entered(node, Map.copyOf(counted));
            receiver.forgotten();
            known = true;
        }
        for (String gone : backplane.claimGone(timeout)) {
            if (!gone.equals(node)) {
                log.warn("Node {} is gone", gone);
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
        asking(() -> backplane.tell(Signals.write(signal, node)));
    }

    @Override
    public void tell(GroupName group, Signal signal) {
        asking(() -> backplane.tell(group, Signals.write(signal, node)));
    }

    @Override
    public void ban(Signal.Ban ban) {
        asking(() -> {
            backplane.ban(ban);
            backplane.tell(Signals.write(ban, node));
        });
    }

    @Override
    public List<Signal.Ban> bans() {
        requireAnswers();
        return backplane.bans();
    }

    @Override
    public boolean enter(UserId user, int most) {
        requireAnswers();
        try {
            boolean entered = backplane.enter(node, user, most);
            if (entered) {
                counted.merge(user, 1, Integer::sum);
            }
            return entered;
        } catch (UnreachableException e) {
            link.failed(e);
            throw e;
        }
    }

    @Override
    public void leave(UserId user) {
        counted.computeIfPresent(user, (id, connections) -> connections == 1 ? null : connections - 1);
        try {
            asking(() -> backplane.leave(node, user));
        } catch (StoreException e) {
            known = false; // so that all are counted again
        }
    }

    @Override
    public void forget(String gone) {
        asking(() -> backplane.forget(gone));
    }

    @Override
    public <T> Optional<T> shared(Class<T> type) {
        return backplane.shared(type);
    }

    @Override
    public Health health() {
        return link.health();
    }

    private void asking(Runnable question) {
        requireAnswers();
        try {
            question.run();
        } catch (UnreachableException e) {
            link.failed(e);
            throw e;
        }
    }

    private void requireAnswers() {
        if (!link.answers()) {
            throw new UnreachableException("The other nodes cannot be reached: "
                    + link.health().detail() + ". This node keeps trying, and nothing was done.");
        }
    }
}
