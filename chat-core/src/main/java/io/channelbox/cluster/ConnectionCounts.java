package io.channelbox.cluster;

import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/** How many connections of each user are counted for this node: said again as a whole when they may be counted otherwise. */
final class ConnectionCounts {

    private static final Duration COUNTED_EVERY = Duration.ofHours(6);

    private final String node;
    private final Backplane backplane;
    private final Link link;
    private final LongSupplier nanoTime;
    private final Map<UserId, Integer> counted = new ConcurrentHashMap<>();
    // Who has left while all was said: a connection that ends does not wait for that.
    private final Queue<UserId> left = new ConcurrentLinkedQueue<>();
    // Whoever counts one shares it, whoever says all has it alone: no count comes in between. Held while the backplane
    // is told.
    private final ReentrantReadWriteLock counting = new ReentrantReadWriteLock();
    private volatile boolean miscounted;
    private volatile long countedAt;

    ConnectionCounts(String node, Backplane backplane, Link link, LongSupplier nanoTime) {
        this.node = node;
        this.backplane = backplane;
        this.link = link;
        this.nanoTime = nanoTime;
        this.countedAt = nanoTime.getAsLong();
    }

    /** Counts one more, unless there are as many on all nodes as there may be. Tells whether it was counted. */
    boolean enter(UserId user, int most) {
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

    /** Counts one less; while all is said, when that is done. */
    void leave(UserId user) {
        if (!counting.readLock().tryLock()) {
            left.add(user);
            countLeft();
            return;
        }
        try {
            countLess(user);
        } finally {
            counting.readLock().unlock();
        }
    }

    /** Whoever has left while all is said is counted by the one who said it: each of both looks last, so nobody is passed over. */
    private void countLeft() {
        while (!left.isEmpty() && counting.readLock().tryLock()) {
            try {
                Optional.ofNullable(left.poll()).ifPresent(this::countLess);
            } finally {
                counting.readLock().unlock();
            }
        }
    }

    private void countLess(UserId user) {
        counted.computeIfPresent(user, (id, connections) -> connections == 1 ? null : connections - 1);
        try {
            link.asking("A connection less was not counted", () -> backplane.leave(node, user));
        } catch (StoreException e) {
            miscounted = true;
        }
    }

    /** The others have forgotten all that was counted here. */
    void wereForgotten() {
        miscounted = true;
    }

    /** Some time has passed: says all again when it is time, and counts who has left meanwhile. One thread at a time. */
    void sayAgainIfDue() {
        if (miscounted || nanoTime.getAsLong() - countedAt >= COUNTED_EVERY.toNanos()) {
            try {
                sayAgain();
            } finally {
                countLeft();
            }
        }
    }

    private void sayAgain() {
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
}
