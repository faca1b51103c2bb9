package io.channelbox.cluster;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What this node has published and not received yet: when it comes, its conditions still hold here, and who published it is told whom it
 * reached.
 */
final class OwnPublications {

    private static final long KEPT_NANOS = 60_000_000_000L;
    private static final long DOUBTFUL_NANOS = 10 * KEPT_NANOS;

    /**
     * One of them, until it has come.
     *
     * @param doubtful whether it is told here though it may come as well: then it is known for longer, and what comes second is not told
     */
    record Own(Publication publication, CompletableFuture<Deliveries> delivered, long until, boolean doubtful) {}

    private record Key(GroupName group, MessageId message) {}

    private final LongSupplier nanoTime;
    private final Map<Key, Own> own = new ConcurrentHashMap<>();

    OwnPublications(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Own add(Publication publication) {
        var added = new Own(publication, new CompletableFuture<>(), nanoTime.getAsLong() + KEPT_NANOS, false);
        own.put(keyOf(publication), added);
        return added;
    }

    /** It may have been published or not, and is to be told here in any case. Tells whether that is to be done: it has not come. */
    boolean doubt(Publication publication) {
        long until = nanoTime.getAsLong() + DOUBTFUL_NANOS;
        return own.computeIfPresent(
                        keyOf(publication), (key, one) -> new Own(one.publication(), one.delivered(), until, true))
                != null;
    }

    /** It has come. */
    Optional<Own> take(Publication publication) {
        Own come = own.get(keyOf(publication));
        if (come != null && !come.doubtful()) {
            own.remove(keyOf(publication), come);
        }
        return Optional.ofNullable(come);
    }

    /** It will not come. */
    Optional<Own> remove(Publication publication) {
        return Optional.ofNullable(own.remove(keyOf(publication)));
    }

    private static Key keyOf(Publication publication) {
        return new Key(publication.group(), publication.id());
    }

    /** Forgets what has not come for so long that it comes from somewhere else, if at all. */
    void sweep() {
        long now = nanoTime.getAsLong();
        own.values().removeIf(each -> now - each.until() >= 0);
    }

    int size() {
        return own.size();
    }
}
