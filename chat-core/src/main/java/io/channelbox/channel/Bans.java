package io.channelbox.channel;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** Who is shut out, of the box or of a group, and until when. Holds while the process lives. */
final class Bans {

    private record FromGroup(GroupName group, UserId user) {}

    private final InstantSource clock;
    // Until when. Both maps are looked at without a lock, and swept of what is over.
    private final ConcurrentHashMap<UserId, Instant> fromBox = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<FromGroup, Instant> fromGroups = new ConcurrentHashMap<>();

    Bans(InstantSource clock) {
        this.clock = clock;
    }

    void add(UserId user, Duration time) {
        fromBox.put(user, end(time));
    }

    void add(UserId user, GroupName group, Duration time) {
        fromGroups.put(new FromGroup(group, user), end(time));
    }

    private Instant end(Duration time) {
        return clock.instant().plusNanos(Times.nanos(Times.positive("time", time)));
    }

    boolean remove(UserId user) {
        Instant end = fromBox.remove(user);
        return end != null && isAhead(end);
    }

    boolean remove(UserId user, GroupName group) {
        Instant end = fromGroups.remove(new FromGroup(group, user));
        return end != null && isAhead(end);
    }

    /** Tells whether the user is shut out of the box. */
    boolean hold(UserId user) {
        Instant end = fromBox.isEmpty() ? null : fromBox.get(user);
        return end != null && isAhead(end);
    }

    /** Tells whether the user is shut out of the group, if only because of the box. */
    boolean hold(UserId user, GroupName group) {
        if (hold(user)) {
            return true;
        }
        Instant end = fromGroups.isEmpty() ? null : fromGroups.get(new FromGroup(group, user));
        return end != null && isAhead(end);
    }

    private boolean isAhead(Instant end) {
        return clock.instant().isBefore(end);
    }

    /** Forgets what is over. */
    void sweep() {
        if (!fromBox.isEmpty() || !fromGroups.isEmpty()) {
            Instant now = clock.instant();
            fromBox.values().removeIf(end -> !now.isBefore(end));
            fromGroups.values().removeIf(end -> !now.isBefore(end));
        }
    }

    /** Returns how many are remembered. */
    int size() {
        return fromBox.size() + fromGroups.size();
    }
}
