package io.channelbox.channel;

import io.channelbox.broker.Publication;
import io.channelbox.message.ChannelId;
import io.channelbox.message.MessageId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Messages that are said to several groups, and whom they have reached on this node: each channel gets such a message once, through
 * whichever group comes first. A message is remembered until it has come for all its groups, or is said to be over, or for ten
 * seconds: this node may watch only some of the groups.
 */
final class Unions {

    private static final long KEPT = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 10_000;

    private final LongSupplier nanoTime;
    // Guarded by this; the oldest first.
    private final Map<MessageId, Union> unions = new LinkedHashMap<>();

    Unions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whom one message has reached. */
    static final class Union {

        /** Held while the message goes to the members of a group, which is one group after the other; it belongs to what is published. */
        final ReentrantLock lock = new ReentrantLock();

        private final Set<ChannelId> reached = new HashSet<>(); // guarded by the lock
        private final long until;
        private int left; // guarded by the unions

        private Union(int groups, long until) {
            this.left = groups;
            this.until = until;
        }

        boolean hasReached(Channel channel) {
            return reached.contains(channel.id());
        }

        void reached(Channel channel) {
            reached.add(channel.id());
        }
    }

    /** Returns whom a message has reached that has come for one of its groups more. */
    synchronized Union of(Publication publication) {
        sweep();
        Union union = unions.computeIfAbsent(
                publication.id(), id -> new Union(publication.groups(), nanoTime.getAsLong() + KEPT));
        if (--union.left == 0) {
            unions.remove(publication.id());
        }
        return union;
    }

    /** It comes for no further group. */
    synchronized void end(MessageId message) {
        unions.remove(message);
    }

    /** Forgets what is too old or too much. */
    synchronized void sweep() {
        Iterator<Union> oldest = unions.values().iterator();
        while (oldest.hasNext() && (oldest.next().until - nanoTime.getAsLong() <= 0 || unions.size() > MOST)) {
            oldest.remove();
        }
    }

    /** Returns how many are remembered. */
    synchronized int size() {
        return unions.size();
    }
}
