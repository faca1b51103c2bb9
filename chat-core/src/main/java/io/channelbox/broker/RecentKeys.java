package io.channelbox.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was published under which idempotency key in the last minutes. When there are too many, the oldest are forgotten:
 * bounding the cache by size would forget the keys that are seldom asked for, which are the very ones about to be repeated.
 */
final class RecentKeys {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 200_000;
    private static final int FORGOTTEN_AT_ONCE = MOST / 10;

    private final Cache<Pending.Key, PublishResult.Duplicate> published;

    RecentKeys(LongSupplier nanoTime) {
        published = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Returns the answer to a publication that repeats an earlier one. */
    Optional<PublishResult> answerTo(Pending pending) {
        return pending.key().map(published::getIfPresent);
    }

    void add(Pending pending, Optional<StreamPosition> position) {
        pending.key().ifPresent(key -> {
            published.put(key, new PublishResult.Duplicate(pending.publication().id(), position));
            if (published.estimatedSize() > MOST) {
                forgetOldest();
            }
        });
    }

    private void forgetOldest() {
        published
                .policy()
                .expireAfterWrite()
                .ifPresent(byAge ->
                        published.invalidateAll(byAge.oldest(FORGOTTEN_AT_ONCE).keySet()));
    }
}
