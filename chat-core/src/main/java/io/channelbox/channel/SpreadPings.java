package io.channelbox.channel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings those whom a sweep has found silent, over the second until the next one: a thousand at once would hold up whatever is said meanwhile.
 * It needs its ticks only while somebody waits for a ping.
 */
final class SpreadPings {

    private static final Logger log = LoggerFactory.getLogger(SpreadPings.class);

    static final int FEW = 20;
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int TICKS = 19; // the next sweep is not waited for

    private final Scheduler scheduler;
    private final Predicate<Channel> isSilent;

    // Guarded by this. Never held while pinging.
    private final Queue<Channel> waiting = new ArrayDeque<>();
    private int atOnce;
    private Scheduler.@Nullable Task ticking;

    /** Makes one that pings whoever is still silent when it is their turn. */
    SpreadPings(Scheduler scheduler, Predicate<Channel> isSilent) {
        this.scheduler = scheduler;
        this.isSilent = isSilent;
    }

    /** Begins anew with these. Who still waits and is not among them is not pinged. */
    void begin(Collection<Channel> silent) {
        synchronized (this) {
            waiting.clear();
            waiting.addAll(silent);
            atOnce = Math.max(FEW, silent.size() / TICKS);
        }
        pingSome();
        tickWhileSomebodyWaits();
    }

    private void tick() {
        pingSome();
        tickWhileSomebodyWaits();
    }

    private void pingSome() {
        for (Channel channel : next()) {
            try {
                if (isSilent.test(channel)) {
                    channel.ping();
                }
            } catch (RuntimeException | Error e) { // whatever it is, the others are still pinged
                log.error("Pinging {} failed", channel, e);
            }
        }
    }

    private synchronized List<Channel> next() {
        List<Channel> next = new ArrayList<>();
        while (next.size() < atOnce && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        return next;
    }

    private synchronized void tickWhileSomebodyWaits() {
        if (waiting.isEmpty() && ticking != null) {
            ticking.cancel();
            ticking = null;
        } else if (!waiting.isEmpty() && ticking == null) {
            try {
                ticking = scheduler.every(TICK, this::tick);
            } catch (RejectedExecutionException closed) {
                waiting.clear();
            }
        }
    }
}
