package io.channelbox.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One {@link TokenBucket} of the same rate for each key. A key that is not used is forgotten a minute after its bucket is
 * full again however much it owed, and never before: forgetting it changes nothing, and nobody gets a full bucket by crowding others out. So
 * it remembers as many keys as are used in that time. May be used by any number of threads.
 *
 * @param <K> what is counted apart: a user, say, or a group
 */
public final class RateLimiter<K> {

    /** Much longer than a thread may rest between looking up a bucket and taking from it. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final LoadingCache<K, TokenBucket> buckets;

    /** Makes a limiter that has seen nobody yet, by this monotonic clock of nanoseconds. */
    public RateLimiter(Rate rate, LongSupplier nanoTime) {
        buckets = Caffeine.newBuilder()
                .expireAfter(Expiry.<K, TokenBucket>accessing(
                        (key, bucket) -> GRACE.plusNanos(Math.max(rate.nanosToFill(), bucket.nanosUntilFull()))))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build(key -> new TokenBucket(rate, nanoTime));
    }

    /** Takes a permit of this key and returns zero; or takes none and returns how long to wait until there is one. */
    public Duration tryTake(K key) {
        return buckets.get(key).tryTake();
    }

    /** Takes permits of this key that were used elsewhere, see {@link TokenBucket#spend}. */
    public void spend(K key, int permits) {
        TokenBucket bucket = buckets.get(key);
        bucket.spend(permits);
        buckets.put(key, bucket); // it is to be remembered for as long as it owes
    }

    /** Forgets some of the keys that may be forgotten: else that happens by and by, when other keys are used. */
    public void sweep() {
        buckets.cleanUp();
    }

    /** Returns the number of keys that are remembered. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
