package io.channelbox.examples.system.rest;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets nobody guess more than ten passwords of a user a minute from one address. */
final class LoginAttempts {

    private static final int MOST = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int LARGEST = 100_000;

    /** Who would be logged in, and from where. Names that nobody has are counted as one. */
    record Attempt(Optional<UserId> user, String address) {}

    private final LoadingCache<Attempt, AtomicInteger> attempts =
            Caffeine.newBuilder().expireAfterWrite(WINDOW).maximumSize(LARGEST).build(attempt -> new AtomicInteger());

    /** Counts one, before the password is looked at. */
    void begin(Attempt attempt) {
        if (attempts.get(attempt).incrementAndGet() > MOST) {
            throw new PeerException(PeerException.RATE_LIMITED, "Too many attempts", WINDOW);
        }
    }

    /** Forgets those of who knew the password in the end. */
    void succeed(Attempt attempt) {
        attempts.invalidate(attempt);
    }
}
