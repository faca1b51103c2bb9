package io.channelbox.channel;

import io.channelbox.broker.Cluster;
import io.channelbox.message.ChannelId;
import io.channelbox.message.StoreException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections each user has on all nodes. While that cannot be counted, each node goes by its own count, and what came then is
 * never counted for all.
 */
final class Seats {

    private static final Logger log = LoggerFactory.getLogger(Seats.class);
    private static final long LOGGED_EVERY = Duration.ofMinutes(1).toNanos();

    private final Cluster cluster;
    private final int most;
    private final LongSupplier nanoTime;
    private final Set<ChannelId> counted = ConcurrentHashMap.newKeySet();
    private final AtomicLong logAgain;

    Seats(Cluster cluster, int most, LongSupplier nanoTime) {
        this.cluster = cluster;
        this.most = most;
        this.nanoTime = nanoTime;
        this.logAgain = new AtomicLong(nanoTime.getAsLong());
    }

    /** Counts one more. Returns false if the user has as many as one may have. */
    boolean take(Channel channel) {
        try {
            if (!cluster.enter(channel.user().id(), most)) {
                return false;
            }
            counted.add(channel.id());
        } catch (StoreException e) {
            long again = logAgain.get();
            long now = nanoTime.getAsLong();
            if (now - again >= 0 && logAgain.compareAndSet(again, now + LOGGED_EVERY)) {
                log.warn(
                        "How many connections users have on all nodes cannot be counted: this node goes by its own", e);
            }
        }
        return true;
    }

    /** Counts one less, if it was counted. */
    void leave(Channel channel) {
        if (counted.remove(channel.id())) {
            try {
                cluster.leave(channel.user().id());
            } catch (RuntimeException | Error e) { // whatever it is, it must not keep a channel from ending
                log.warn("The connection {} may be counted for too long", channel, e);
            }
        }
    }

    /** Returns how many are counted. */
    int size() {
        return counted.size();
    }
}
