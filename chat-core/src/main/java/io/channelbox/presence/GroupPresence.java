package io.channelbox.presence;

import io.channelbox.channel.Channel;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.codec.Envelope;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane of one group: whatever changes is brought here as a step, and one thread at a time takes all steps that wait, asks the
 * store how the users they are about are now, and tells the difference.
 *
 * <p>A step that fails is done again a second later, and those that came after it have been done by then. So a step carries
 * nothing that may have changed meanwhile: it reads the store, and of a tracking whether it still goes on and how its device is now.
 * Then it does not matter who brought them when: what is told last is what is.
 */
final class GroupPresence {

    private static final Logger log = LoggerFactory.getLogger(GroupPresence.class);
    private static final int FEW = 100;
    private static final long NEVER = -1;

    /** Something to be done in the lane. */
    @FunctionalInterface
    interface Step {
        void run(GroupPresence lane);
    }

    private final Presence presence;
    private final Lanes lanes;
    private final GroupName name;

    // Guarded by this. Never held while a step runs.
    private ArrayDeque<Step> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean retired;

    // Used by whoever runs the lane, one at a time.
    private final Map<ChannelId, Tracking> tracked = new LinkedHashMap<>();
    private final Map<UserId, PresenceMember> here = new LinkedHashMap<>();
    private final Set<UserId> mine = new HashSet<>(); // who of them has a device here, or had the last one that is kept
    private final Set<UserId> changed = new LinkedHashSet<>();
    private final Set<UserId> untold = new LinkedHashSet<>(); // changed by this node, and others do not know
    private final Watchers watchers;
    private final TypingRuns typing;
    private int channels;
    private boolean loaded;
    private boolean stale; // nobody of this group was here for a while, so nothing was heard of it
    private long compared = NEVER; // which version of the group in the store

    GroupPresence(Presence presence, Lanes lanes, GroupName name) {
        this.presence = presence;
        this.lanes = lanes;
        this.name = name;
        this.watchers = new Watchers(presence.group(name), presence.settings());
        this.typing = new TypingRuns(this, presence.settings());
    }

    GroupName name() {
        return name;
    }

    /** What became of a step. */
    enum Added {
        /** Nobody runs the lane: somebody has to. */
        TO_IDLE,
        /** Whoever runs the lane will come to it. */
        TO_BUSY,
        /** Nothing was left to do, and this object is out of use. */
        NOT_ANY_MORE
    }

    /** Adds a step; the caller has the lane run if the answer says so. */
    synchronized Added add(Step step) {
        if (retired) {
            return Added.NOT_ANY_MORE;
        }
        waiting.addLast(step);
        if (busy) {
            return Added.TO_BUSY;
        }
        busy = true;
        return Added.TO_IDLE;
    }

    /** Nobody could be found to run the lane; somebody will look again. */
    synchronized void giveBack() {
        busy = false;
    }

    /** Does all that waits, until nothing does. */
    void run() {
        for (List<Step> steps = take(); !steps.isEmpty() && !presence.isClosed(); steps = take()) {
            try {
                steps.forEach(this::doOrPostpone);
                tell();
            } catch (UnreachableException e) { // of which it is told elsewhere, and once
                log.debug("Who is in {} cannot be told now", name, e);
                lanes.later(name, lane -> {});
            } catch (StoreException e) {
                log.warn("Who is in {} could not be told, which is tried again", name, e);
                lanes.later(name, lane -> {});
            } catch (RuntimeException | Error e) {
                log.error("Telling who is in {} failed, and is tried again", name, e);
                lanes.later(name, lane -> {});
            }
        }
    }

    private synchronized List<Step> take() {
        List<Step> steps = List.copyOf(waiting);
        waiting = new ArrayDeque<>(0);
        if (steps.isEmpty()) {
            busy = false;
            if (!retired && isEmpty()) {
                retired = true;
                lanes.retired(this);
            }
        }
        return steps;
    }

    private boolean isEmpty() {
        return tracked.isEmpty() && mine.isEmpty() && changed.isEmpty() && untold.isEmpty() && typing.isEmpty();
    }

    private void doOrPostpone(Step step) {
        try {
            load();
            step.run(this);
        } catch (UnreachableException e) {
            log.debug("A change in {} cannot be noted now", name, e);
            lanes.later(name, step);
        } catch (RuntimeException | Error e) { // the store, most likely; those behind it are done in any case
            log.warn("A change in {} could not be noted, and is tried again", name, e);
            lanes.later(name, step);
        }
    }

    /** Those on other nodes, who were here before the first of this one. */
    private void load() {
        if (!loaded) {
            byUser(presence.store().read(name).stream()
                            .filter(entry -> !isOwn(entry))
                            .toList())
                    .values()
                    .forEach(entries -> PresenceMember.of(entries).ifPresent(this::note));
            loaded = true;
        }
    }

    static Map<UserId, List<PresenceEntry>> byUser(List<PresenceEntry> entries) {
        Map<UserId, List<PresenceEntry>> byUser = new LinkedHashMap<>();
        entries.forEach(entry ->
                byUser.computeIfAbsent(entry.user(), user -> new ArrayList<>(1)).add(entry));
        return byUser;
    }

    private void note(PresenceMember member) {
        PresenceMember before = here.put(member.id(), member);
        channels += member.devices() - (before == null ? 0 : before.devices());
    }

    private void forget(UserId user) {
        PresenceMember before = here.remove(user);
        channels -= before == null ? 0 : before.devices();
    }

    // The steps.

    void arrived(Tracking tracking) {
        if (!presence.isCurrent(tracking)) {
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
        changedElsewhere(here.keySet());
        changedElsewhere(byUser(presence.store().read(name)).keySet());
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
        lanes.wake(this);
    }

    /** A second has passed since something was put off. */
    void tick() {
        typing.sweep();
        watchers.tick(here.values(), count());
        if (watchers.isDue() || !typing.isEmpty()) {
            wake();
        }
    }

    private void tell() {
        Map<UserId, List<PresenceEntry>> now = readChanged();
        if (bringBackLostOf(now)) {
            now = readChanged();
        }
        PresenceChange change = compareWith(now);
        for (UserId user : changed) {
            noteOwn(user, now.getOrDefault(user, List.of()));
        }
        watchers.tellNewcomersBefore(here.values(), count());
        change.leaves().forEach(member -> {
            forget(member.id());
            typing.left(member.id());
        });
        change.updates().forEach(this::note);
        change.joins().forEach(this::note);
        changed.clear();
        if (!change.isEmpty()) {
            watchers.tell(change, count());
            presence.tellListeners(change);
        }
        watchers.tellWhoWaits(here.values(), count());
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
        boolean most = changed.size() > FEW && changed.size() > here.size() / 2;
        return most ? byUser(presence.store().read(name)) : presence.store().read(name, changed);
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
                        .filter(tracking -> tracking.channel().isOpen() && presence.isCurrent(tracking))
                        .toList();
        if (!living.isEmpty()) {
            new Reconciliation(presence, living, List.of()).run(this);
        }
        return !living.isEmpty();
    }

    private boolean isOwn(PresenceEntry entry) {
        return entry.node().equals(presence.node());
    }

    private void noteOwn(UserId user, List<PresenceEntry> entries) {
        boolean own = false;
        for (PresenceEntry entry : entries) {
            if (isOwn(entry)) {
                own = true;
                Optional.ofNullable(tracked.get(entry.channel())).ifPresent(tracking -> tracking.known(entry));
            }
        }
        if (own) {
            mine.add(user);
        } else {
            mine.remove(user);
        }
    }

    private void tellOtherNodes() {
        presence.otherNodes().tellChanged(name, untold);
        untold.clear();
        typing.tellOtherNodes();
    }

    /** Compares how the users are with how they were. */
    private PresenceChange compareWith(Map<UserId, List<PresenceEntry>> read) {
        List<PresenceMember> joins = new ArrayList<>();
        List<PresenceMember> leaves = new ArrayList<>();
        List<PresenceMember> updates = new ArrayList<>();
        for (UserId user : changed) {
            Optional<PresenceMember> before = Optional.ofNullable(here.get(user));
            Optional<PresenceMember> now = PresenceMember.of(read.getOrDefault(user, List.of()));
            if (before.isEmpty()) {
                now.ifPresent(joins::add);
            } else if (now.isEmpty()) {
                leaves.add(before.get());
            } else if (!now.equals(before)) {
                updates.add(now.get());
            }
        }
        return new PresenceChange(name, joins, leaves, updates);
    }

    /** Returns who is here, as far as was told. */
    Set<UserId> users() {
        return here.keySet();
    }

    /** Returns a user as they were told last. */
    Optional<PresenceMember> member(UserId user) {
        return Optional.ofNullable(here.get(user));
    }

    PresenceCount count() {
        return new PresenceCount(here.size(), channels);
    }

    Watchers watchers() {
        return watchers;
    }

    Presence presence() {
        return presence;
    }
}
