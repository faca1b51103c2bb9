package io.channelbox.cluster;

import io.channelbox.broker.Cluster.Health;
import io.channelbox.message.StoreException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node is connected with the others: whether the backplane answers, whether its subscriptions stand, and whether what is
 * told by it comes back, which a connection that looks well may fail to do. When something was wrong, everything is restored before
 * all is said to be well.
 */
final class Link {

    private static final Logger log = LoggerFactory.getLogger(Link.class);

    /** What has to be done when the backplane can be reached again. It may block. */
    @FunctionalInterface
    interface Restoring {
        void restore();
    }

    private final Backplane backplane;
    private final String node;
    private final Executor questions;
    private final LongSupplier nanoTime;
    private final long probeNanos;
    private final Restoring restoring;

    private volatile boolean answers = true;
    private volatile boolean subscribed = true;
    private volatile boolean hears = true;
    private volatile boolean restored = true;
    private volatile String why = "";

    private final AtomicBoolean asking = new AtomicBoolean(); // one at a time asks whether all is well
    private final AtomicLong probes = new AtomicLong();
    private volatile long probedAt;
    private volatile long heard;

    Link(
            Backplane backplane,
            String node,
            Executor questions,
            LongSupplier nanoTime,
            long probeNanos,
            Restoring restoring) {
        this.backplane = backplane;
        this.node = node;
        this.questions = questions;
        this.nanoTime = nanoTime;
        this.probeNanos = probeNanos;
        this.restoring = restoring;
        this.probedAt = nanoTime.getAsLong();
    }

    /** Tells whether the backplane answers. */
    boolean answers() {
        return answers;
    }

    /** Tells whether what is told now is expected to come. */
    boolean hears() {
        return answers && subscribed && hears;
    }

    Health health() {
        return hears() && restored ? Health.HEALTHY : Health.degraded(why);
    }

    /** Nobody has answered. */
    void failed(UnreachableException e) {
        if (answers) {
            degraded("unreachable: " + e.getMessage());
        }
        answers = false;
    }

    void disconnected(String reason) {
        if (subscribed) {
            degraded("not subscribed: " + reason);
        }
        subscribed = false;
    }

    void connected() {
        subscribed = true;
        ask();
    }

    private void degraded(String what) {
        restored = false;
        why = what;
        log.warn("This node is cut off from the others, {}", what);
    }

    /** Something that was told has not come in time: looks at once. */
    void suspect() {
        if (probes.get() == heard) {
            ask();
        }
    }

    void heard(long probe) {
        heard = Math.max(heard, probe);
        if (!hears && probe == probes.get()) {
            hears = true;
            ask();
        }
    }

    /** Some time has passed. */
    void tick() {
        long since = nanoTime.getAsLong() - probedAt;
        boolean due = since >= probeNanos;
        if (!answers || !restored || due) {
            ask();
        }
    }

    private void ask() {
        if (asking.compareAndSet(false, true)) {
            questions.execute(() -> {
                try {
                    askHere();
                } catch (UnreachableException e) {
                    failed(e);
                } catch (StoreException e) {
                    log.warn(
                            "The connection with the other nodes could not be looked at, and is again: {}",
                            e.getMessage());
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    private void askHere() {
        backplane.ping();
        answers = true;
        if (!subscribed) {
            return; // it connects by itself, and says so
        }
        if (probes.get() != heard && nanoTime.getAsLong() - probedAt >= probeNanos) {
            if (hears) {
                degraded("deaf: what is told does not come back");
            }
            hears = false;
            backplane.resubscribe();
        }
        if (!restored) {
            restoring.restore();
        }
        probedAt = nanoTime.getAsLong();
        backplane.tell(Signals.probe(probes.incrementAndGet(), node));
        if (!restored && hears) {
            restored = true;
            log.info("This node is connected with the others again");
        }
    }
}
