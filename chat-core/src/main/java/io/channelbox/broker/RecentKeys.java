package io.channelbox.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.history.HistoryEntry;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was published under which idempotency key in the last minutes. When there are too many, the oldest are forgotten:
 * bounding the cache by size would forget the keys that are seldom asked for, which are the very ones about to be repeated.
 */
final class RecentKeys {

    static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 200_000;
    private static final int FORGOTTEN_AT_ONCE = MOST / 10;

    private final LongSupplier nanoTime;
    private final Cache<Pending.Key, Known> published;

    /** What was published, and when it may be published again, which is sooner for what an earlier broker had published. */
    private record Known(PublishResult.Duplicate answer, long until) {}

    RecentKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        published = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Returns the answer to a publication that repeats an earlier one. */
    Optional<PublishResult> answerTo(Pending pending) {
        return pending.key()
                .map(published::getIfPresent)
                .filter(known -> nanoTime.getAsLong() - known.until() < 0)
                .map(Known::answer);
    }

    void add(Pending pending, Optional<StreamPosition> position) {
        pending.key().ifPresent(key -> {
            published.put(
                    key, known(new PublishResult.Duplicate(pending.publication().id(), position), KEPT));
            boundSize();
        });
    }

    /** Adds what a store has kept for so long; what is known already is the newer. */
    void addKept(HistoryEntry entry, Duration age) {
        Message message = entry.message();
        message.idempotencyKey().ifPresent(text -> {
            var key = new Pending.Key(message.group(), message.sender(), text);
            var answer = new PublishResult.Duplicate(message.id(), Optional.of(entry.position()));
            published.asMap().putIfAbsent(key, known(answer, KEPT.minus(age)));
            boundSize();
        });
    }

    private Known known(PublishResult.Duplicate answer, Duration time) {
        return new Known(answer, nanoTime.getAsLong() + time.toNanos());
    }

    private void boundSize() {
        if (published.estimatedSize() > MOST) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        published
                .policy()
                .expireAfterWrite()
                .ifPresent(byAge ->
                        published.invalidateAll(byAge.oldest(FORGOTTEN_AT_ONCE).keySet()));
    }

    /** Returns how many are remembered, about. */
    long size() {
        return published.estimatedSize();
    }
}
