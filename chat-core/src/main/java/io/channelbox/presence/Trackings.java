package io.channelbox.presence;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.Verb;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The channels that are tracked on this node, each in one group from being claimed to having left. Used by any thread. */
final class Trackings {

    private final Presence presence;
    private final ChannelBox box;
    private final AtomicLong refs = new AtomicLong();
    private final Map<Place, Tracking> all = new ConcurrentHashMap<>();

    private record Place(GroupName group, ChannelId channel) {

        static Place of(Tracking tracking) {
            return new Place(tracking.group(), tracking.channel().id());
        }
    }

    Trackings(Presence presence, ChannelBox box) {
        this.presence = presence;
        this.box = box;
    }

    /**
     * Takes a channel's place in a group, which is told when it {@linkplain #begin begins}.
     *
     * @throws PeerException with code {@value Presence#NAME_TAKEN} when another user has the name and the policy says so
     * @throws NotAllowedException when names matter and the user may not join
     */
    Tracking claim(Group handle, Channel channel, boolean mayWatch) {
        if (presence.settings().names() != NamePolicy.ALLOW) {
            handle.require(Verb.JOIN); // nobody is driven out by who may not come in
        }
        var tracking = new Tracking(channel, entry(handle.name(), channel), mayWatch);
        PresenceStore.Joined joined = join(tracking.entry());
        if (!joined.accepted()) {
            throw new PeerException(Presence.NAME_TAKEN, "somebody else has that name here");
        }
        Optional.ofNullable(all.put(Place.of(tracking), tracking)).ifPresent(tracking::replaces);
        joined.replaced().forEach(this::replace);
        if (presence.isClosed()) { // whoever closes may have looked before this was there
            end(tracking, true);
            presence.store().leave(tracking.entry(), Optional.empty());
        }
        return tracking;
    }

    /** When the store does not answer, it may have done it nevertheless: then it is taken back. */
    private PresenceStore.Joined join(PresenceEntry entry) {
        try {
            return presence.store().join(entry, presence.settings().names());
        } catch (RuntimeException | Error e) {
            presence.inLane(entry.group(), at -> {
                presence.store().leave(entry, Optional.empty());
                at.changedHere(entry.user());
            });
            throw e;
        }
    }

    private PresenceEntry entry(GroupName group, Channel channel) {
        return new PresenceEntry(
                group,
                channel.user().id(),
                channel.id(),
                presence.node(),
                refs.incrementAndGet(),
                channel.user().name(),
                presence.now(),
                true,
                UserStatus.AUTOMATIC,
                Optional.empty());
    }

    private void replace(PresenceEntry old) {
        presence.inLane(old.group(), at -> {
            at.changedHere(old.user());
            Optional<Channel> here = box.channel(old.channel());
            here.ifPresent(channel -> channel.close(CloseStatus.REPLACED));
            if (here.isEmpty()) {
                presence.otherNodes().close(old.channel(), CloseStatus.REPLACED);
            }
        });
    }

    /** The channel is a member: it is told, and leaves with its membership. */
    void begin(Tracking tracking) {
        presence.inLane(tracking.group(), at -> at.arrived(tracking));
        tracking.begun(tracking.channel().onLeave(tracking.group(), () -> end(tracking, false)));
    }

    void end(Tracking tracking, boolean atOnce) {
        if (tracking.end()) {
            all.remove(Place.of(tracking), tracking);
            presence.inLane(tracking.group(), at -> at.left(tracking, atOnce));
        }
    }

    /** Returns how a channel is tracked in a group. */
    Optional<Tracking> get(GroupName group, Channel channel) {
        return Optional.ofNullable(all.get(new Place(group, channel.id())));
    }

    /** Tells whether the channel is still tracked, and by no later tracking. */
    boolean isCurrent(Tracking tracking) {
        return tracking.equals(all.get(Place.of(tracking)));
    }

    List<Tracking> in(GroupName group) {
        return all.values().stream()
                .filter(tracking -> tracking.group().equals(group))
                .toList();
    }

    Map<GroupName, List<Tracking>> byGroup() {
        return all.values().stream().collect(Collectors.groupingBy(Tracking::group));
    }

    /** A second has passed: devices may have become active, or inactive. */
    void sweep() {
        all.values().forEach(this::lookForActivity);
    }

    private void lookForActivity(Tracking tracking) {
        long awayAfter = presence.settings().awayAfter();
        boolean active = awayAfter == 0 || tracking.channel().idle().toNanos() < awayAfter;
        if (tracking.isNews(active)) {
            presence.inLane(tracking.group(), at -> {
                presence.store().active(tracking.entry(), tracking.isActive());
                at.changedHere(tracking.entry().user());
            });
        }
    }

    void endAll() {
        List.copyOf(all.values()).forEach(tracking -> end(tracking, true));
    }

    /** Returns how much is remembered. */
    int size() {
        return all.size();
    }
}
