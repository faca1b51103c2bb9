package io.channelbox.redis;

import static io.channelbox.redis.PresenceRecord.bytes;

import io.channelbox.cluster.Envelopes;
import io.channelbox.message.GroupName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The groups that each node has devices in, so that a node that is gone can be swept without looking at all groups. A group is noted with
 * the coming of a device, and taken away after the last has left, unless another comes meanwhile: one too many does no harm.
 */
final class IndexedGroups {

    private static final Script FORGET = Script.of("presence-node-forget.lua");

    private final RedisLink link;
    // Of this node, whose devices no other process brings. Values are changed only while the map computes, which sends
    // commands and
    // does not wait for them: so they arrive in that order.
    private final ConcurrentHashMap<Place, Work> working = new ConcurrentHashMap<>();

    private record Place(String node, GroupName group) {}

    /**
     * What is under way in a group.
     *
     * @param calls how many
     * @param joined whether a device has come or is coming meanwhile
     */
    private record Work(int calls, boolean joined) {}

    IndexedGroups(RedisLink link) {
        this.link = link;
    }

    /** Notes a group and does what adds a device, both on their way at the same time; waits for both. */
    <T> T joining(String node, GroupName group, Supplier<T> join) {
        var place = new Place(node, group);
        List<CompletionStage<Double>> noted = new ArrayList<>(1);
        working.compute(place, (same, work) -> {
            noted.add(link.commandsFor(key(node)).zincrby(key(node), 1, bytes(group.value())));
            return new Work(work == null ? 1 : work.calls() + 1, true);
        });
        try {
            T joined = join.get();
            link.await("Noting that somebody is in " + group, noted.get(0));
            return joined;
        } finally {
            done(place);
        }
    }

    private void done(Place place) {
        working.computeIfPresent(
                place, (same, work) -> work.calls() == 1 ? null : new Work(work.calls() - 1, work.joined()));
    }

    /** Does what takes a device of this node away. If none is left, the group is taken away. */
    <T> T leaving(String node, GroupName group, Supplier<T> leave, Predicate<T> isEmpty) {
        var place = new Place(node, group);
        working.compute(
                place, (same, work) -> work == null ? new Work(1, false) : new Work(work.calls() + 1, work.joined()));
        try {
            T left = leave.get();
            if (isEmpty.test(left)) {
                remove(place);
            }
            return left;
        } finally {
            done(place);
        }
    }

    private void remove(Place place) {
        working.computeIfPresent(place, (same, work) -> {
            if (!work.joined()) {
                var unused = link.commands()
                        .zrem(key(place.node()), bytes(place.group().value()));
            }
            return work;
        });
    }

    /** Returns the groups that a node may have devices in, each with how often one came. */
    Map<GroupName, Double> of(String node) {
        Map<GroupName, Double> groups = new LinkedHashMap<>();
        link.await(
                        "Reading where " + node + " has somebody",
                        link.commandsFor(key(node)).zrangeWithScores(key(node), 0, -1))
                .forEach(each -> groups.put(Envelopes.group(PresenceRecord.text(each.getValue())), each.getScore()));
        return groups;
    }

    /** Takes a group of any node away, unless a device has come since it came so often. */
    CompletionStage<List<Object>> forget(String node, GroupName group, double joins) {
        return link.run(FORGET, List.of(key(node)), List.of(bytes(group.value()), bytes(Long.toString((long) joins))));
    }

    private byte[] key(String node) {
        return link.keys().of("whoat", node, "");
    }
}
