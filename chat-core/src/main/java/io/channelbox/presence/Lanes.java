package io.channelbox.presence;

import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The lanes of all groups that have something to tell, and what is to be done in them in a second. */
final class Lanes {

    private final Presence presence;
    private final Executor executor;
    private final Map<GroupName, Lane> lanes = new ConcurrentHashMap<>();
    private final Queue<Postponed> postponed = new ConcurrentLinkedQueue<>();
    private final Set<GroupName> wakeful = ConcurrentHashMap.newKeySet();

    private record Postponed(GroupName group, Lane.Step step) {}

    Lanes(Presence presence, Executor executor) {
        this.presence = presence;
        this.executor = executor;
    }

    /** Has a step done in the lane of a group, on the executor; not any more when the presence is closed. */
    void add(GroupName group, Lane.Step step) {
        while (!presence.isClosed()) {
            Lane lane = lanes.computeIfAbsent(group, name -> new Lane(presence, this, name));
            switch (lane.add(step)) {
                case TO_IDLE -> {
                    execute(lane);
                    return;
                }
                case TO_BUSY -> {
                    return;
                }
                case NOT_ANY_MORE -> lanes.remove(group, lane);
            }
        }
    }

    /** Has a step done in the lane of a group, unless it has none; then nobody here is told of the group. Tells whether it has one. */
    boolean addIfThere(GroupName group, Lane.Step step) {
        if (!lanes.containsKey(group)) {
            return false;
        }
        add(group, step); // at worst one was retired meanwhile, and is made for nothing
        return true;
    }

    /** Returns the groups that have a lane. */
    Set<GroupName> groups() {
        return Set.copyOf(lanes.keySet());
    }

    private void execute(Lane lane) {
        try {
            executor.execute(lane::run);
        } catch (RejectedExecutionException e) { // too busy, or closed: the sweep tries again as long as there is one
            lane.giveBack();
            wake(lane.name());
        }
    }

    void retired(Lane lane) {
        lanes.remove(lane.name(), lane);
    }

    /** Has a group look again in a second. */
    void wake(GroupName group) {
        wakeful.add(group);
    }

    /** Has a step done in a second. */
    void later(GroupName group, Lane.Step step) {
        postponed.add(new Postponed(group, step));
    }

    /** A second has passed. */
    void sweep() {
        for (int left = postponed.size(); left > 0; left--) {
            Optional.ofNullable(postponed.poll()).ifPresent(each -> add(each.group(), each.step()));
        }
        for (GroupName group : List.copyOf(wakeful)) {
            wakeful.remove(group);
            add(group, GroupPresence::tick);
        }
    }

    void clear() {
        postponed.clear();
        wakeful.clear();
        lanes.clear();
    }

    /** Returns how much is remembered. */
    int size() {
        return lanes.size() + postponed.size() + wakeful.size();
    }
}
