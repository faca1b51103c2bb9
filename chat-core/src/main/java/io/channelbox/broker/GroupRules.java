package io.channelbox.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.channelbox.broker.PublishResult.Reason;
import io.channelbox.broker.PublishResult.Refused;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What holds in each group for those who speak as users, in memory. What is over is forgotten. What belongs to a group is
 * guarded by its lane.
 */
final class GroupRules {

    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private record Speaker(GroupName group, UserId user) {}

    private final LongSupplier nanoTime;
    private final Set<GroupName> frozen = ConcurrentHashMap.newKeySet();
    private final Map<GroupName, Duration> pauses = new ConcurrentHashMap<>();
    // Until when, and when they spoke last in slow mode.
    private final Cache<Speaker, Long> muted;
    private final Cache<Speaker, Long> spoke;

    GroupRules(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.muted = cache(Expiry.writing((speaker, until) -> Duration.ofNanos(until - nanoTime.getAsLong())));
        this.spoke = cache(Expiry.writing((speaker, at) -> pauseIn(speaker.group())));
    }

    private Cache<Speaker, Long> cache(Expiry<Speaker, Long> expiry) {
        return Caffeine.newBuilder()
                .expireAfter(expiry)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    void change(GroupName group, Rule rule) {
        if (rule instanceof Rule.Freeze freeze) {
            freeze(group, freeze.frozen());
        } else if (rule instanceof Rule.Mute mute) {
            mute(new Speaker(group, mute.user()), mute.time());
        } else if (rule instanceof Rule.SlowMode slow) {
            slow(group, slow.pause());
        }
    }

    private void freeze(GroupName group, boolean freezes) {
        if (freezes) {
            frozen.add(group);
        } else {
            frozen.remove(group);
        }
    }

    private void mute(Speaker speaker, Duration time) {
        if (time.isZero()) {
            muted.invalidate(speaker);
        } else {
            muted.put(speaker, nanoTime.getAsLong() + atMostLongest(time).toNanos());
        }
    }

    private void slow(GroupName group, Duration pause) {
        if (pause.isZero()) {
            pauses.remove(group);
        } else {
            pauses.put(group, atMostLongest(pause));
        }
    }

    private static Duration atMostLongest(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }

    private Duration pauseIn(GroupName group) {
        return pauses.getOrDefault(group, Duration.ZERO);
    }

    /** Tells whether who has spoken in the group has to wait. */
    boolean isSlow(GroupName group) {
        return !pauses.isEmpty() && pauses.containsKey(group);
    }

    /** Returns why something may not be said now, if so. */
    Optional<PublishResult> refusalOf(Publication publication) {
        if (!publication.options().ruled()) {
            return Optional.empty();
        }
        if (frozen.contains(publication.group())) {
            return Optional.of(new Refused(Reason.FROZEN, Optional.empty()));
        }
        return publication
                .options()
                .sender()
                .map(sender -> new Speaker(publication.group(), sender))
                .flatMap(speaker -> mutedFor(speaker).or(() -> mustWait(speaker)));
    }

    private Optional<PublishResult> mutedFor(Speaker speaker) {
        return Optional.ofNullable(muted.getIfPresent(speaker)).flatMap(until -> refused(Reason.MUTED, until));
    }

    private Optional<PublishResult> mustWait(Speaker speaker) {
        if (!isSlow(speaker.group())) {
            return Optional.empty();
        }
        return Optional.ofNullable(spoke.getIfPresent(speaker))
                .flatMap(at ->
                        refused(Reason.SLOW_MODE, at + pauseIn(speaker.group()).toNanos()));
    }

    private Optional<PublishResult> refused(Reason why, long until) {
        long left = until - nanoTime.getAsLong();
        return left > 0 ? Optional.of(new Refused(why, Optional.of(Duration.ofNanos(left)))) : Optional.empty();
    }

    /** Notes that something was said. */
    void said(Publication publication) {
        if (publication.options().ruled() && isSlow(publication.group())) {
            publication
                    .options()
                    .sender()
                    .ifPresent(sender -> spoke.put(new Speaker(publication.group(), sender), nanoTime.getAsLong()));
        }
    }

    /** Returns how much is remembered. */
    long size() {
        muted.cleanUp();
        spoke.cleanUp();
        return frozen.size() + pauses.size() + muted.estimatedSize() + spoke.estimatedSize();
    }
}
