package io.channelbox.presence;

import static java.util.Objects.requireNonNull;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.Verb;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.channel.Scheduler;
import io.channelbox.codec.Envelope;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.Times;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is here. Users, not connections: a user comes with the first device and leaves with the last, after a grace time in which a
 * return is not even noticed.
 *
 * <pre>{@code
 * Presence presence = Presence.in(box).grace(Duration.ofSeconds(10)).build();
 * presence.track(GroupName.of("room", "lobby"), channel);   // it is a member of the group
 * presence.members(GroupName.of("room", "lobby"));
 * }</pre>
 *
 * <p>Whoever is tracked is sent a {@link PresenceState}, then a {@link PresenceDiff} for every change; both come in the order in which
 * they can be applied. What changes at about the same time is told as one. Every method may be called on any thread; what is
 * told is told on the box's executor, a moment later.
 */
public final class Presence implements AutoCloseable {

    /** The code of the {@link PeerException} for whoever comes by a name that another user has. */
    public static final String NAME_TAKEN = "name_taken";

    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final ChannelBox box;
    private final Settings settings;
    private final PresenceStore store;
    private final List<PresenceListener> listeners;
    private final String node;
    private final TypingIndicators typing = new TypingIndicators(this);
    private final Trackings trackings;
    private final Lanes lanes;
    private final Departures departures = new Departures(this);
    private final OtherNodes otherNodes;
    private final Scheduler.Task sweeping;
    private final Scheduler.Task hearing;
    private volatile boolean closed;

    /** What it was built with. Times in nanoseconds. */
    record Settings(
            long grace,
            long awayAfter,
            NamePolicy names,
            int namesUpTo,
            boolean seesOwnJoin,
            long typingTtl,
            int typingUpTo,
            boolean authorSeesTyping) {

        /** A group that hovers around the limit is not told back and forth. */
        int namesAgainFrom() {
            return namesUpTo - namesUpTo / 5;
        }
    }

    private Presence(Builder builder) {
        this.box = builder.box;
        this.settings = builder.settings();
        this.store = builder.store();
        this.node = OtherNodes.nameFor(box, UUID.randomUUID().toString());
        this.listeners = List.copyOf(builder.listeners);
        this.trackings = new Trackings(this, box);
        this.lanes = new Lanes(this, box.executor());
        this.otherNodes = new OtherNodes(this, box, lanes);
        this.sweeping = box.everySecond(this::sweep);
        this.hearing = box.onSaid(typing::said);
        otherNodes.listen();
    }

    /** Returns a builder whose defaults work on one machine. */
    public static Builder in(ChannelBox box) {
        return new Builder(box);
    }

    /**
     * Says that a channel, which is a member of the group, is here, until its membership ends. It is told who is here unless its user may
     * not know, see {@link Verb#PRESENCE}. Tracking it again tells it all of that again. A channel that is no member, or no more, is not
     * here: nothing happens.
     *
     * @throws PeerException with code {@value #NAME_TAKEN} when another user has the name and the policy says so
     */
    public void track(GroupName group, Channel channel) {
        if (group(group).actingAs(channel).contains(channel)) {
            claim(group, channel).begin();
        }
    }

    /**
     * Like {@link #track}, for a channel whose protocol has other words for who is here, or none: it is told nothing of it.
     *
     * @throws PeerException with code {@value #NAME_TAKEN} when another user has the name and the policy says so
     */
    public void trackUntold(GroupName group, Channel channel) {
        Group handle = group(group).actingAs(channel);
        if (handle.contains(channel)) {
            claim(handle, channel, false).begin();
        }
    }

    /**
     * Takes the place of a channel that is about to join, so that a name is refused before anybody is told anything: join then, and
     * {@link PresenceClaim#begin}, or else {@link PresenceClaim#cancel}. {@link #track} is both, for who has joined.
     *
     * @throws PeerException with code {@value #NAME_TAKEN} when another user has the name and the policy says so
     * @throws NotAllowedException when names matter and the user may not join
     */
    public PresenceClaim claim(GroupName group, Channel channel) {
        Group handle = group(group).actingAs(channel);
        return claim(handle, channel, mayWatch(handle));
    }

    private PresenceClaim claim(Group handle, Channel channel, boolean told) {
        return new PresenceClaim(trackings, trackings.claim(handle, channel, told));
    }

    private static boolean mayWatch(Group handle) {
        try {
            handle.require(Verb.PRESENCE);
            return true;
        } catch (NotAllowedException refused) {
            return false;
        }
    }

    /** Says that a channel is not here any more, though it may still be a member: at once, without a grace time. */
    public void untrack(GroupName group, Channel channel) {
        trackings.get(requireNonNull(group, "group"), channel).ifPresent(tracking -> trackings.end(tracking, true));
    }

    /**
     * Says what the user of this channel says of themselves, in all groups and for all devices: {@link PresenceStatus#AWAY} and
     * {@link PresenceStatus#BUSY} hold until something else is said, {@link PresenceStatus#ONLINE} leaves it to what the
     * devices do. It is forgotten when the user has left everywhere, grace times included. Answers false when the user is nowhere.
     *
     * @param text what others read beside it; a blank one is none
     * @throws PeerException with code {@code invalid} for {@link PresenceStatus#OFFLINE}, and for a text that is too long or holds
     *     control characters
     */
    public boolean status(Channel channel, PresenceStatus status, String text) {
        return status(channel.user().id(), status, text);
    }

    /** Like {@link #status(Channel, PresenceStatus, String)}, for what a user says elsewhere, on whichever node their devices are. */
    public boolean status(UserId user, PresenceStatus status, String text) {
        boolean said = store.status(user, new UserStatus(status, Optional.of(text)));
        if (said) {
            store.read(user).stream().map(PresenceEntry::group).distinct().forEach(group -> changedHere(group, user));
        }
        return said;
    }

    private void changedHere(GroupName group, UserId user) {
        if (!lanes.addIfThere(group, at -> at.changedHere(user))) {
            otherNodes.tellChangedSoon(group, List.of(user));
        }
    }

    /** Returns who is in a group, on all nodes, those in their grace time included: one question to the store, whose answer is as long as the group is large. */
    public List<PresenceMember> members(GroupName group) {
        Map<UserId, List<PresenceEntry>> byUser = PresenceEntry.byUser(store.read(requireNonNull(group, "group")));
        return byUser.values().stream()
                .flatMap(entries -> PresenceMember.of(entries).stream())
                .toList();
    }

    /** Returns how many are in a group, on all nodes: as many as {@link #members} are, and as they have devices. It costs as much. */
    public PresenceCount count(GroupName group) {
        List<PresenceMember> members = members(group);
        return new PresenceCount(
                members.size(),
                members.stream().mapToInt(PresenceMember::devices).sum());
    }

    /** Tells whether a user is in any group, on any node: one question to the store, whose answer is as long as the groups of the user are many. */
    public boolean isOnline(UserId user) {
        return !store.read(requireNonNull(user, "user")).isEmpty();
    }

    /** Returns each of these users as they are in a group, in the given order: who is not there is offline. */
    public List<PresenceMember> roster(GroupName group, Collection<UserId> membership) {
        Map<UserId, PresenceMember> here = new LinkedHashMap<>();
        members(group).forEach(member -> here.put(member.id(), member));
        return membership.stream()
                .map(user -> here.getOrDefault(user, PresenceMember.offline(user)))
                .toList();
    }

    /**
     * Sends a channel the {@link PresenceState} of a group as an answer, in this envelope: to a peer that has lost count.
     *
     * @throws NotAllowedException when its user may not know who is here
     */
    public void show(GroupName group, Channel channel, Envelope envelope) {
        group(group).actingAs(channel).require(Verb.PRESENCE);
        inLane(group, at -> at.asked(channel, requireNonNull(envelope, "envelope")));
    }

    /** Returns who is writing something, among those who are tracked here. */
    public TypingIndicators typing() {
        return typing;
    }

    /**
     * Stops: nothing is told any more, and whoever it tracked is not here any more, without a grace time, also in a store that
     * outlives it. Who is tracked after that is not here. The box stays, and so do its channels. A process that ends without
     * this leaves its entries in such a store: see {@link PresenceStore#removeNode}.
     *
     * @throws io.channelbox.message.StoreException when the store cannot be told
     */
    @Override
    public void close() {
        closed = true;
        sweeping.cancel();
        hearing.cancel();
        trackings.endAll();
        departures.clear();
        typing.clear();
        lanes.clear();
        otherNodes.end(store.removeNode(node));
    }

    boolean isClosed() {
        return closed;
    }

    Settings settings() {
        return settings;
    }

    PresenceStore store() {
        return store;
    }

    String node() {
        return node;
    }

    Trackings trackings() {
        return trackings;
    }

    Departures departures() {
        return departures;
    }

    OtherNodes otherNodes() {
        return otherNodes;
    }

    /** The store may have lost what this node has told it, or this node may not have heard what others did. */
    void reconcile() {
        Map<GroupName, List<Tracking>> living = trackings.byGroup();
        Map<GroupName, List<Departures.Departure>> kept = departures.byGroup();
        Set<GroupName> groups = new HashSet<>(lanes.groups());
        groups.addAll(living.keySet());
        groups.addAll(kept.keySet());
        groups.forEach(group -> inLane(
                group,
                new Reconciliation(this, living.getOrDefault(group, List.of()), kept.getOrDefault(group, List.of()))));
    }

    /** The same, for those of one group who are tracked. */
    void reconcile(GroupName group) {
        inLane(group, new Reconciliation(this, trackings.in(group), List.of()));
    }

    Instant now() {
        return box.clock().instant();
    }

    long nanoTime() {
        return box.nanoTime().getAsLong();
    }

    Group group(GroupName name) {
        return box.group(name);
    }

    void tellListeners(PresenceChange change) {
        for (PresenceListener listener : listeners) {
            try {
                listener.onChange(change);
            } catch (RuntimeException | Error e) { // the others still hear
                log.error("A listener failed on a change in {}", change.group(), e);
            }
        }
    }

    /** Has a step done in the lane of a group, on the box's executor. */
    void inLane(GroupName group, Lane.Step step) {
        lanes.add(group, step);
    }

    private void sweep() {
        departures.sweep();
        trackings.sweep();
        lanes.sweep();
        otherNodes.sweep();
    }

    /** Returns how much is remembered about groups and channels on this node: nothing when everybody has left, and their grace times are over. */
    int remembered() {
        return trackings.size() + lanes.size() + departures.size() + typing.size() + otherNodes.size();
    }

    /** Builds a presence. Not safe for several threads. */
    public static final class Builder {

        private final ChannelBox box;
        private final List<PresenceListener> listeners = new ArrayList<>();
        private @Nullable PresenceStore store;
        private Duration grace = Duration.ofSeconds(10);
        private Duration awayAfter = Duration.ofMinutes(5);
        private NamePolicy names = NamePolicy.ALLOW;
        private int namesUpTo = 100;
        private boolean seesOwnJoin = true;
        private Duration typingTtl = Duration.ofSeconds(5);
        private int typingUpTo = 100;
        private boolean authorSeesTyping;

        private Builder(ChannelBox box) {
            this.box = requireNonNull(box, "box");
        }

        /**
         * Keeps who is here in this store. By default it is the one that the nodes share, if the box's broker is of several that do, else
         * one in memory.
         */
        public Builder store(PresenceStore own) {
            store = requireNonNull(own, "store");
            return this;
        }

        /** Tells that somebody has left only after this time, and not at all when they return before; 10 seconds by default, zero is at once. */
        public Builder grace(Duration time) {
            grace = Times.notNegative("grace", time);
            return this;
        }

        /** Takes a device for inactive when it has sent no message for this time; 5 minutes by default, zero is never. */
        public Builder awayAfter(Duration time) {
            awayAfter = Times.notNegative("awayAfter", time);
            return this;
        }

        /** Says what happens when two users come to a group by the same name; both are here by default. */
        public Builder names(NamePolicy policy) {
            names = requireNonNull(policy, "names");
            return this;
        }

        /**
         * Names people in groups of up to so many users; 100 by default. In larger ones peers are told how many there are, at most once a
         * second, and are told names again when a fifth fewer are left.
         */
        public Builder namesUpTo(int users) {
            namesUpTo = notNegative("namesUpTo", users);
            return this;
        }

        /** Does not tell who comes of its own coming: the state it is sent has it already. */
        public Builder withoutOwnJoin() {
            seesOwnJoin = false;
            return this;
        }

        /** Ends a run of typing when nobody has renewed it for this time; 5 seconds by default. */
        public Builder typingFor(Duration time) {
            typingTtl = Times.notNegative("typingFor", time);
            return this;
        }

        /** Tells who is typing in groups of up to so many users; 100 by default. */
        public Builder typingUpTo(int users) {
            typingUpTo = notNegative("typingUpTo", users);
            return this;
        }

        /** Tells who is typing to their own channels too. */
        public Builder typingSeenByAuthor() {
            authorSeesTyping = true;
            return this;
        }

        /** Adds a listener, which hears of the groups that somebody is tracked in on this node. */
        public Builder onChange(PresenceListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Returns a presence that works as long as its box does. */
        public Presence build() {
            return new Presence(this);
        }

        private PresenceStore store() {
            Optional<PresenceStore> shared = box.cluster().flatMap(all -> all.shared(PresenceStore.class));
            return store == null ? shared.orElseGet(InMemoryPresenceStore::new) : store;
        }

        private Settings settings() {
            return new Settings(
                    Times.nanos(grace),
                    Times.nanos(awayAfter),
                    names,
                    namesUpTo,
                    seesOwnJoin,
                    Times.nanos(typingTtl),
                    typingUpTo,
                    authorSeesTyping);
        }

        private static int notNegative(String what, int number) {
            if (number < 0) {
                throw new IllegalArgumentException(what + " must not be negative, was " + number);
            }
            return number;
        }
    }
}
