package io.channelbox.presence;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Signal;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.ClusterEvents;
import io.channelbox.channel.Scheduler;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a presence tells those of other nodes, and hears from them. That a user has changed is told until it could be; what that
 * means they ask the store. What was not heard is made up for by comparing: when this node is back, and group by group in turns.
 */
final class OtherNodes {

    private static final Logger log = LoggerFactory.getLogger(OtherNodes.class);
    private static final int MOST_TOLD_AT_ONCE = 500;

    private final Presence presence;
    private final ChannelBox box;
    private final Lanes lanes;
    private final Optional<Cluster> cluster;
    private final List<Scheduler.Task> hooks = new CopyOnWriteArrayList<>();
    private final Queue<Signal.PresenceChanged> untold = new ConcurrentLinkedQueue<>();
    private final Comparison comparison;

    OtherNodes(Presence presence, ChannelBox box, Lanes lanes) {
        this.presence = presence;
        this.box = box;
        this.lanes = lanes;
        this.cluster = box.cluster();
        this.comparison = new Comparison(presence, lanes, box.executor());
    }

    /** Begins to hear from them. Called once, by whoever is ready for it. */
    void listen() {
        if (areThere()) {
            ClusterEvents events = box.clusterEvents();
            hooks.add(events.onSignal(this::heard));
            hooks.add(events.onNodeGone(this::gone));
            hooks.add(events.onForgotten(presence::reconcile));
            hooks.add(events.onReconnected(presence::reconcile));
        }
    }

    /** Returns a name for the presence of a box, which begins with that of its node if it has one. */
    static String nameFor(ChannelBox box, String unique) {
        return box.cluster().map(all -> all.node() + '/' + unique).orElse(unique);
    }

    /** Tells whether there may be any. */
    boolean areThere() {
        return cluster.isPresent();
    }

    /** Tells that users of a group have changed; what cannot be told now is told later. May block. */
    void tellChanged(GroupName group, Collection<UserId> users) {
        List<UserId> all = List.copyOf(users);
        for (int from = 0; from < all.size() && areThere(); from += MOST_TOLD_AT_ONCE) {
            Set<UserId> some = new HashSet<>(all.subList(from, Math.min(all.size(), from + MOST_TOLD_AT_ONCE)));
            tellOrPostpone(new Signal.PresenceChanged(group, some));
        }
    }

    /** Tells it a moment later. */
    void tellChangedSoon(GroupName group, Collection<UserId> users) {
        if (areThere()) {
            untold.add(new Signal.PresenceChanged(group, Set.copyOf(users)));
            tellUntoldSoon();
        }
    }

    private void tellOrPostpone(Signal.PresenceChanged change) {
        try {
            cluster.orElseThrow().tell(change.group(), change);
        } catch (RuntimeException e) { // it cannot be reached, most likely
            log.debug("Others do not know yet of a change in {}, and are told later", change.group(), e);
            untold.add(change);
        }
    }

    /** Tells what could not be told, each once. */
    private void tellUntold() {
        for (int left = untold.size(); left > 0; left--) {
            Optional.ofNullable(untold.poll()).ifPresent(this::tellOrPostpone);
        }
    }

    private void tellUntoldSoon() {
        try {
            box.executor().execute(this::tellUntold);
        } catch (RejectedExecutionException e) {
            log.debug("There is no thread to tell other nodes, and it is tried again", e);
        }
    }

    /** A second has passed. */
    void sweep() {
        if (!untold.isEmpty()) {
            tellUntoldSoon();
        }
        if (areThere()) {
            comparison.sweep();
        }
    }

    /** Tells of somebody who types. It is worth something only now: what cannot be told is left out. */
    void tellTyping(Signal.Typing typing) {
        try {
            cluster.ifPresent(all -> all.tell(typing.group(), typing));
        } catch (RuntimeException e) {
            log.debug("Others are not told who types in {}", typing.group(), e);
        }
    }

    /** Has a channel of another node closed. */
    void close(ChannelId channel, CloseStatus status) {
        cluster.ifPresent(all -> all.tell(new Signal.Close(channel, status.code(), status.reason())));
    }

    private void heard(Signal signal) {
        if (signal instanceof Signal.PresenceChanged change) {
            lanes.addIfThere(change.group(), at -> at.changedElsewhere(change.users()));
        } else if (signal instanceof Signal.Typing typing) {
            lanes.addIfThere(typing.group(), at -> at.typing().heard(typing));
        }
    }

    /** Another node is gone. All presences of this box hear of what it left, as they may have one store. */
    private void gone(String node) {
        for (var removed = presence.store().removeNode(node);
                !removed.isEmpty();
                removed = presence.store().removeNode(node)) {
            usersByGroup(removed).forEach((group, users) -> {
                box.clusterEvents().signalHere(new Signal.PresenceChanged(group, users));
                tellChanged(group, users);
            });
        }
    }

    private static Map<GroupName, Set<UserId>> usersByGroup(Collection<PresenceEntry> entries) {
        return entries.stream()
                .collect(Collectors.groupingBy(
                        PresenceEntry::group,
                        LinkedHashMap::new,
                        Collectors.mapping(PresenceEntry::user, Collectors.toSet())));
    }

    /** This presence ends, and what it left is taken away. */
    void end(List<PresenceEntry> left) {
        hooks.forEach(Scheduler.Task::cancel);
        usersByGroup(left).forEach(this::tellChanged);
        List<Signal> lost = new ArrayList<>(untold);
        untold.clear();
        if (!lost.isEmpty()) {
            log.warn("Other nodes do not know yet who has left with this one in {} groups", lost.size());
        }
    }

    /** Returns how much is remembered. */
    int size() {
        return untold.size();
    }
}
