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

    private static final long NEVER = -1;

    /** What has to be done when the backplane can be reached again. It may block. */
    @FunctionalInterface
    interface Restoring {
        void restore();
    }

    private final Backplane backplane;
    private final String node;
    private final Executor pulse;
    private final LongSupplier nanoTime;
    private final long probeNanos;
    private final Restoring restoring;

    private volatile boolean answers = true;
    private volatile boolean subscribed = true;
    private volatile boolean hears = true;
    private boolean away; // by whoever asks: nothing was answered when it was last looked
    private boolean partlyAway; // by whoever asks: the same of one of many servers
    private volatile boolean closed;
    private volatile String why = "";
    private volatile String refusal = ""; // of what this node tells of itself; empty when it is taken
    // How often something went wrong, and after how many of these times everything was restored.
    private final AtomicLong troubles = new AtomicLong();
    private volatile long mended;

    private final AtomicBoolean asking = new AtomicBoolean(); // one at a time asks whether all is well
    private long restoredAfter; // by whoever asks: for how many troubles it has restored everything, or NEVER
    private final AtomicLong probes = new AtomicLong();
    private volatile long probedAt;
    private final AtomicLong heard = new AtomicLong();

    Link(
            Backplane backplane,
            String node,
            Executor pulse,
            LongSupplier nanoTime,
            long probeNanos,
            Restoring restoring) {
        this.backplane = backplane;
        this.node = node;
        this.pulse = pulse;
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

    /** Returns what is told to whoever would ask something while nothing is answered: what was not done, and why. */
    UnreachableException notAsked(String what) {
        return new UnreachableException(what + ": the other nodes cannot be reached, " + health().detail());
    }

    /** Asks something, unless nothing is answered: then, and when it is not answered, whoever asks is told. */
    void asking(String orElse, Runnable question) {
        if (!answers) {
            throw notAsked(orElse);
        }
        try {
            question.run();
        } catch (UnreachableException e) {
            failed(e);
            throw e;
        }
    }

    Health health() {
        if (!hears() || !isMended()) {
            return Health.degraded(why);
        }
        String refused = refusal;
        return refused.isEmpty() ? Health.HEALTHY : Health.degraded(refused);
    }

    private boolean isMended() {
        return mended == troubles.get();
    }

    /**
     * Nobody has answered something: nothing more is asked until it is known whether anything is answered. When one of many servers has
     * not, the others are asked on.
     */
    void failed(UnreachableException e) {
        if (e instanceof PartlyUnreachableException) {
            if (isMended()) { // or it is looked at in any case
                ask();
            }
            return;
        }
        if (answers) {
            why = "unreachable: " + e.getMessage();
            answers = false;
        }
        ask();
    }

    /** What this node tells of itself is refused: as much else is that is to be kept. */
    void refused(StoreException e) {
        refusal = "refused: " + e.getMessage();
    }

    /** What this node tells of itself is taken. */
    void accepted() {
        refusal = "";
    }

    void disconnected(String reason) {
        subscribed = false;
        trouble("not subscribed: " + reason);
    }

    void connected() {
        subscribed = true;
        ask();
    }

    /** Nothing is looked at any more. */
    void close() {
        closed = true;
    }

    private void trouble(String what) {
        boolean first = isMended() && !closed;
        why = what;
        troubles.incrementAndGet();
        if (first) {
            log.warn("This node is cut off from the others, {}", what);
        }
    }

    /** Something that was told has not come in time: looks at once. */
    void suspect() {
        if (!isProbing()) {
            ask();
        }
    }

    void heard(long probe) {
        heard.accumulateAndGet(probe, Math::max);
        if (!hears && !isProbing()) {
            hears = true;
            ask();
        }
    }

    private boolean isProbing() {
        return probes.get() != heard.get();
    }

    private boolean isDue() {
        return nanoTime.getAsLong() - probedAt >= probeNanos;
    }

    /** Some time has passed. */
    void tick() {
        if (!answers || !isMended() || isDue()) {
            ask();
        }
    }

    private void ask() {
        if (!closed && asking.compareAndSet(false, true)) {
            pulse.execute(() -> {
                try {
                    askHere();
                } catch (PartlyUnreachableException e) {
                    partlyAway(e);
                } catch (UnreachableException e) {
                    answers = false;
                    if (!away) {
                        away = true;
                        trouble("unreachable: " + e.getMessage());
                    }
                } catch (StoreException e) {
                    trouble("refused: " + e.getMessage());
                } catch (RuntimeException | Error e) {
                    log.warn("The connection with the other nodes could not be looked at, and is again", e);
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    private void askHere() {
        boolean whole = ping();
        away = false;
        answers = true;
        if (!subscribed) {
            return; // it connects by itself, and says so
        }
        if (isProbing() && isDue()) {
            hears = false;
            trouble("deaf: what is told does not come back");
            expectNoProbe(); // also when the next subscription comes later
            backplane.resubscribe();
        }
        long before = troubles.get();
        if (before != restoredAfter) {
            restoring.restore();
            restoredAfter = before;
        }
        if (!isProbing()) {
            probe();
        }
        if (whole && hears && subscribed && !isMended() && before == troubles.get()) {
            mended = before;
            log.warn("This node is connected with the others again"); // at the level of what it ends
        }
    }

    /** A probe that could not be told does not come back, which says nothing of the subscription: that is believed to stand. */
    private void probe() {
        probedAt = nanoTime.getAsLong();
        try {
            backplane.tell(Signals.probe(probes.incrementAndGet(), node));
        } catch (StoreException e) {
            expectNoProbe();
            hears = true;
            throw e;
        }
    }

    private void expectNoProbe() {
        heard.accumulateAndGet(probes.get(), Math::max);
    }

    /** Tells whether all that there is answers. What was restored while a part of it did not is restored once more. */
    private boolean ping() {
        try {
            backplane.ping();
        } catch (PartlyUnreachableException e) {
            partlyAway(e);
            return false;
        }
        if (partlyAway) {
            partlyAway = false;
            restoredAfter = NEVER;
        }
        return true;
    }

    private void partlyAway(PartlyUnreachableException e) {
        if (!partlyAway) {
            partlyAway = true;
            trouble("partly unreachable: " + e.getMessage());
        }
    }
}
