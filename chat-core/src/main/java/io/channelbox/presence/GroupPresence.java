package io.channelbox.presence;

import io.channelbox.channel.Channel;
import io.channelbox.codec.Envelope;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this node knows of one group, and what it has told of it. Whatever may have changed is noted by the steps of the group's
 * {@link Lane}; then the store is asked how the users they were about are now, and the difference is told. Used by whoever
 * runs the lane, one thread at a time.
 */
final class GroupPresence {

    private static final int FEW = 100;
    private static final long NEVER = -1;

    private final Presence presence;
    private final Lanes lanes;
    private final GroupName name;
    private final Occupants occupants;
    private final Watchers watchers;
    private final TypingRuns typing;
    private final Map<ChannelId, Tracking> tracked = new LinkedHashMap<>();
    private final Set<UserId> mine = new HashSet<>(); // who has a device here, or had the last one that is kept
    private final Set<UserId> changed = new LinkedHashSet<>();
    private final Set<UserId> untold = new LinkedHashSet<>(); // changed by this node, and others do not know
    private boolean loaded;
    private boolean stale; // nobody of this group was here for a while, so nothing was heard of it
    private long compared = NEVER; // which version of the group in the store

    GroupPresence(Presence presence, Lanes lanes, GroupName name) {
        this.presence = presence;
        this.lanes = lanes;
        this.name = name;
        this.occupants = new Occupants(name);
        this.watchers = new Watchers(presence.group(name), presence.settings());
        this.typing = new TypingRuns(this, presence.settings());
    }

    GroupName name() {
        return name;
    }

    /** Tells whether nobody of this group is here, and nothing is left to tell. */
    boolean isEmpty() {
        return tracked.isEmpty() && mine.isEmpty() && changed.isEmpty() && untold.isEmpty() && typing.isEmpty();
    }

    /** Reads who is on other nodes, before the first of this one is noted. */
    void load() {
        if (!loaded) {
            PresenceEntry.byUser(presence.store().read(name).stream()
                            .filter(entry -> !isOwn(entry))
                            .toList())
                    .values()
                    .forEach(entries -> PresenceMember.of(entries).ifPresent(occupants::note));
            loaded = true;
        }
    }

    void arrived(Tracking tracking) {
        if (!presence.trackings().isCurrent(tracking)) {
            return; // it has ended, or another has taken its place, before this could be done
        }
        if (stale) {
            lookAgain();
        }
        tracked.put(tracking.channel().id(), tracking);
        changedHere(tracking.entry().user());
        if (tracking.mayWatch()) {
            watchers.expect(tracking.channel());
        }
    }

    void left(Tracking tracking, boolean atOnce) {
        presence.departures().leave(tracking.entry(), atOnce);
        UserId user = tracking.entry().user();
        changedHere(user);
        if (tracked.remove(tracking.channel().id(), tracking)) {
            watchers.remove(tracking.channel());
            typing.stopped(user, tracking.channel());
        }
    }

    /** This node has changed how a user is in the store. */
    void changedHere(UserId user) {
        changed.add(user);
        untold.add(user);
    }

    /** Others have, and have told it. */
    void changedElsewhere(Collection<UserId> users) {
        changed.addAll(users);
    }

    /** The store has this version of the group, zero when nobody is there: if another one was compared last, something may have been missed. */
    void compare(long version) {
        if (version != compared) {
            new Reconciliation(presence, List.copyOf(tracked.values()), List.of()).run(this);
            compared = version;
        }
    }

    private void lookAgain() {
        changedElsewhere(occupants.users());
        changedElsewhere(PresenceEntry.byUser(presence.store().read(name)).keySet());
        stale = false;
    }

    void asked(Channel channel, Envelope envelope) {
        watchers.ask(channel, envelope);
    }

    boolean isTracked(Channel channel) {
        return tracked.containsKey(channel.id());
    }

    TypingRuns typing() {
        return typing;
    }

    /** Looks again in a second. */
    void wake() {
        lanes.wake(name);
    }

    /** A second has passed since something was put off. */
    void tick() {
        typing.sweep();
        watchers.tick(occupants.members(), count());
        if (watchers.isDue() || !typing.isEmpty()) {
            wake();
        }
    }

    /** Asks the store how those who have changed are now, and tells the difference. */
    void tell() {
        Map<UserId, List<PresenceEntry>> now = readChanged();
        if (bringBackLostOf(now)) {
            now = readChanged();
        }
        PresenceChange change = occupants.compare(changed, now);
        noteOwn(now);
        watchers.tellNewcomersBefore(occupants.members(), count());
        note(change);
        if (!change.isEmpty()) {
            watchers.tell(change, count());
            presence.tellListeners(change);
        }
        watchers.tellWhoWaits(occupants.members(), count());
        if (watchers.isDue()) {
            wake();
        }
        tellOtherNodes();
        stale = presence.otherNodes().areThere() && tracked.isEmpty();
    }

    /** If the store fails, all is as it was. */
    private Map<UserId, List<PresenceEntry>> readChanged() {
        if (changed.isEmpty()) {
            return Map.of();
        }
        boolean most =
                changed.size() > FEW && changed.size() > occupants.users().size() / 2;
        return most
                ? PresenceEntry.byUser(presence.store().read(name))
                : presence.store().read(name, changed);
    }

    /** Who is on this node and not in the store was taken away by one that took this node for gone. */
    private boolean bringBackLostOf(Map<UserId, List<PresenceEntry>> now) {
        Set<UserId> lost = changed.stream()
                .filter(mine::contains)
                .filter(user -> now.getOrDefault(user, List.of()).stream().noneMatch(this::isOwn))
                .collect(Collectors.toSet());
        List<Tracking> living = lost.isEmpty()
                ? List.of()
                : tracked.values().stream()
                        .filter(tracking -> lost.contains(tracking.entry().user()))
                        .filter(tracking -> tracking.channel().isOpen()
                                && presence.trackings().isCurrent(tracking))
                        .toList();
        if (!living.isEmpty()) {
            new Reconciliation(presence, living, List.of()).run(this);
        }
        return !living.isEmpty();
    }

    private boolean isOwn(PresenceEntry entry) {
        return entry.node().equals(presence.node());
    }

    private void noteOwn(Map<UserId, List<PresenceEntry>> now) {
        for (UserId user : changed) {
            List<PresenceEntry> own = now.getOrDefault(user, List.of()).stream()
                    .filter(this::isOwn)
                    .toList();
            own.forEach(entry ->
                    Optional.ofNullable(tracked.get(entry.channel())).ifPresent(tracking -> tracking.known(entry)));
            if (own.isEmpty()) {
                mine.remove(user);
            } else {
                mine.add(user);
            }
        }
    }

    private void note(PresenceChange change) {
        change.leaves().forEach(member -> {
            occupants.forget(member.id());
            typing.left(member.id());
        });
        change.updates().forEach(occupants::note);
        change.joins().forEach(occupants::note);
        changed.clear();
    }

    private void tellOtherNodes() {
        presence.otherNodes().tellChanged(name, untold);
        untold.clear();
        typing.tellOtherNodes();
    }

    Occupants occupants() {
        return occupants;
    }

    PresenceCount count() {
        return occupants.count();
    }

    Watchers watchers() {
        return watchers;
    }

    Presence presence() {
        return presence;
    }
}
