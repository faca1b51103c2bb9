package io.channelbox.channel;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Signal;
import io.channelbox.message.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boxes of other nodes: what they tell is done here, and they are told whom this one hears. Bans that all nodes share are read at
 * first, when this node was cut off, and every half a minute, since what is told once may be missed.
 */
final class OtherBoxes {

    private static final Logger log = LoggerFactory.getLogger(OtherBoxes.class);
    private static final long READ_EVERY = Duration.ofSeconds(30).toNanos();
    private static final long TRY_AGAIN = Duration.ofSeconds(3).toNanos();

    private final ChannelBox box;
    private final Cluster cluster;
    private final Line work;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile long nextRead;
    private volatile boolean failing; // written by whoever reads, one at a time

    OtherBoxes(ChannelBox box, Cluster cluster) {
        this.box = box;
        this.cluster = cluster;
        this.work = new Line(box.executor());
    }

    /** Begins to listen, and to read. */
    void begin(ClusterEvents events) {
        events.onSignal(this::take);
        events.onForgotten(this::readBansSoon);
        events.onReconnected(this::readBansSoon);
        readBansSoon();
    }

    private void take(Signal signal) {
        if (signal instanceof Signal.Disconnect disconnect) {
            box.moderation().disconnectHere(disconnect.user(), new CloseStatus(disconnect.code(), disconnect.reason()));
        } else if (signal instanceof Signal.Close close) {
            var status = new CloseStatus(close.code(), close.reason());
            box.channel(close.channel()).ifPresent(channel -> channel.close(status));
        } else if (signal instanceof Signal.Kick kick) {
            work.add(() -> box.moderation().kickHere(kick.user(), kick.group())); // leaving may wait for the broker
        } else if (signal instanceof Signal.Ban ban) {
            box.bans().share(ban);
            work.add(() -> box.moderation().enforce(ban)); // first it is known, then whoever is there goes
        } else if (signal instanceof Signal.Cleared cleared) {
            box.historyCleared(cleared.group());
        } else if (signal instanceof Signal.Heard heard) {
            heard.messages().forEach(box.throttle()::heardElsewhere);
        }
    }

    private void readBansSoon() {
        nextRead = box.nanoTime().getAsLong();
        readBansIfDue();
    }

    /** Once a second: tells whom this node has heard much, and reads the bans when it is time. */
    void sweep() {
        work.goOn();
        readBansIfDue();
        List<Signal.Heard> heard = box.throttle().takeHeard();
        if (!heard.isEmpty()) {
            later(() -> tellHeard(heard));
        }
    }

    private void tellHeard(List<Signal.Heard> heard) {
        try {
            heard.forEach(cluster::tell);
        } catch (StoreException e) { // then each node counts for itself
            log.debug("Other nodes are not told whom this one has heard", e);
        }
    }

    private void readBansIfDue() {
        if (box.nanoTime().getAsLong() - nextRead >= 0 && reading.compareAndSet(false, true)) {
            if (!later(this::readBans)) {
                reading.set(false);
            }
        }
    }

    /** Tells whether somebody will do it: the box's executor may refuse for a moment. */
    private boolean later(Runnable work) {
        try {
            box.executor().execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("No thread for what is to be done with other nodes", e);
            return false;
        }
    }

    private void readBans() {
        long now = box.nanoTime().getAsLong();
        nextRead = now + TRY_AGAIN;
        try {
            Object version = box.bans().version();
            List<Signal.Ban> all = cluster.bans();
            if (box.bans().shareAll(all, version)) {
                nextRead = now + READ_EVERY;
                all.forEach(box.moderation()::enforce);
            } else {
                nextRead = now;
            }
            failing = false;
        } catch (StoreException e) {
            if (!failing) {
                log.warn("Which bans hold on all nodes cannot be read. It is tried again every few seconds", e);
            }
            failing = true;
        } finally {
            reading.set(false);
        }
    }
}
