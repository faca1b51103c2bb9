package io.channelbox.cluster;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
     * @param until when it is forgotten; not while it is on its way and nobody has answered
     * @param doubtful whether it is told here though it may come as well: then it is known for longer, and what comes second is not told
     */
    record Own(Publication publication, CompletableFuture<Deliveries> delivered, OptionalLong until, boolean doubtful) {

        private Own until(long nanos, boolean inDoubt) {
            return new Own(publication, delivered, OptionalLong.of(nanos), inDoubt);
        }

        private boolean isOver(long now) {
            return until.isPresent() && now - until.getAsLong() >= 0;
        }
    }

    private record Key(GroupName group, MessageId message) {}

    private final LongSupplier nanoTime;
    private final Map<Key, Own> own = new ConcurrentHashMap<>();

    OwnPublications(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Own add(Publication publication) {
        var added = new Own(publication, new CompletableFuture<>(), OptionalLong.empty(), false);
        own.put(keyOf(publication), added);
        return added;
    }

    /** It was published, or may have been: if it does not come soon, it does not come. */
    void answered(Publication publication) {
        long until = nanoTime.getAsLong() + KEPT_NANOS;
        own.computeIfPresent(keyOf(publication), (key, one) -> one.until(until, one.doubtful()));
    }

    /** It may have been published or not, and is to be told here in any case. Tells whether that is to be done: it has not come. */
    boolean doubt(Publication publication) {
        long until = nanoTime.getAsLong() + DOUBTFUL_NANOS;
        return own.computeIfPresent(keyOf(publication), (key, one) -> one.until(until, true)) != null;
    }

    /** It has come. */
    Optional<Own> take(Publication publication) {
        Optional<Own> come = Optional.ofNullable(own.get(keyOf(publication)));
        own.computeIfPresent(keyOf(publication), (key, one) -> one.doubtful() ? one : null);
        return come;
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
        own.values().removeIf(each -> each.isOver(now));
    }

    int size() {
        return own.size();
    }
}
