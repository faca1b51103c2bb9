package io.channelbox.broker;

import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What was published under which idempotency key in the last minutes, in one lane. The oldest are forgotten first: a cache that
 * prefers what is asked for often would forget the very key that is about to be repeated. Guarded by the lane's lock.
 */
final class RecentKeys {

    private static final long KEPT_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int MOST_IN_ALL_LANES = 200_000;

    private record Published(Optional<StreamPosition> position, long at) {}

    private final Map<Pending.Key, Published> published = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private final AtomicInteger inAllLanes;

    RecentKeys(LongSupplier nanoTime, AtomicInteger inAllLanes) {
        this.nanoTime = nanoTime;
        this.inAllLanes = inAllLanes;
    }

    /** Returns the answer to a publication that repeats an earlier one. */
    Optional<PublishResult> answerTo(Pending pending) {
        if (pending.key().isEmpty()) {
            return Optional.empty();
        }
        forgetOld();
        return Optional.ofNullable(published.get(pending.key().get()))
                .map(first -> new PublishResult.Duplicate(first.position()));
    }

    void add(Pending pending, Optional<StreamPosition> position) {
        if (pending.key().isPresent()) {
            published.put(pending.key().get(), new Published(position, nanoTime.getAsLong()));
            inAllLanes.incrementAndGet();
            forgetOld();
        }
    }

    private void forgetOld() {
        long now = nanoTime.getAsLong();
        Iterator<Published> oldestFirst = published.values().iterator();
        while (oldestFirst.hasNext()
                && (now - oldestFirst.next().at() >= KEPT_NANOS || inAllLanes.get() > MOST_IN_ALL_LANES)) {
            oldestFirst.remove();
            inAllLanes.decrementAndGet();
        }
    }
}
