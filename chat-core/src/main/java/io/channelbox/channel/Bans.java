package io.channelbox.channel;

import io.channelbox.broker.Signal;
import io.channelbox.message.GroupName;
import io.channelbox.message.Times;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is shut out, of the box or of a group, and until when. What was made here and no other node knows of holds while the process
 * lives; the rest is as all nodes have it.
 */
final class Bans {

    private record FromGroup(GroupName group, UserId user) {}

    /** When it ends, and whether it is one that all nodes share. */
    private record Ban(Instant end, boolean shared) {}

    private final InstantSource clock;
    // Both maps are looked at without a lock, changed under this, and swept of what is over.
    private final ConcurrentHashMap<UserId, Ban> fromBox = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<FromGroup, Ban> fromGroups = new ConcurrentHashMap<>();
    private Object version = new Object(); // guarded by this; another one after each change

    Bans(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(UserId user, Duration time) {
        fromBox.put(user, ban(Times.positive("time", time), false));
        version = new Object();
    }

    synchronized void add(UserId user, GroupName group, Duration time) {
        fromGroups.put(new FromGroup(group, user), ban(Times.positive("time", time), false));
        version = new Object();
    }

    private Ban ban(Duration time, boolean shared) {
        return new Ban(clock.instant().plusNanos(Times.nanos(time)), shared);
    }

    synchronized boolean remove(UserId user) {
        version = new Object();
        return isAhead(fromBox.remove(user));
    }

    synchronized boolean remove(UserId user, GroupName group) {
        version = new Object();
        return isAhead(fromGroups.remove(new FromGroup(group, user)));
    }

    /** Another node has made a ban or ended one, or all nodes know of this one now. */
    synchronized void share(Signal.Ban told) {
        version = new Object();
        if (told.time().isZero()) {
            told.group()
                    .ifPresentOrElse(
                            group -> fromGroups.remove(new FromGroup(group, told.user())),
                            () -> fromBox.remove(told.user()));
        } else {
            put(told);
        }
    }

    private void put(Signal.Ban told) {
        Ban ban = ban(told.time(), true);
        told.group()
                .ifPresentOrElse(
                        group -> fromGroups.put(new FromGroup(group, told.user()), ban),
                        () -> fromBox.put(told.user(), ban));
    }

    /** Returns what is another one after each change. */
    synchronized Object version() {
        return version;
    }

    /** Takes all that the nodes share, unless something was changed since that was asked for: then it may be older than what is known. */
    synchronized boolean shareAll(List<Signal.Ban> all, Object versionBefore) {
        if (version != versionBefore) {
            return false;
        }
        fromBox.values().removeIf(Ban::shared);
        fromGroups.values().removeIf(Ban::shared);
        all.forEach(this::put);
        return true;
    }

    /** Tells whether the user is shut out of the box. */
    boolean hold(UserId user) {
        return !fromBox.isEmpty() && isAhead(fromBox.get(user));
    }

    /** Tells whether the user is shut out of the group, if only because of the box. */
    boolean hold(UserId user, GroupName group) {
        return hold(user) || (!fromGroups.isEmpty() && isAhead(fromGroups.get(new FromGroup(group, user))));
    }

    private boolean isAhead(@Nullable Ban ban) {
        return ban != null && clock.instant().isBefore(ban.end());
    }

    /** Forgets what is over. */
    void sweep() {
        if (!fromBox.isEmpty() || !fromGroups.isEmpty()) {
            Instant now = clock.instant();
            fromBox.values().removeIf(ban -> !now.isBefore(ban.end()));
            fromGroups.values().removeIf(ban -> !now.isBefore(ban.end()));
        }
    }

    /** Returns how many are remembered. */
    int size() {
        return fromBox.size() + fromGroups.size();
    }
}
