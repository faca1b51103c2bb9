package io.channelbox.cluster;

import io.channelbox.broker.Cluster.Health;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The backplanes that groups are spread over, each by its name. What is of no group is on the first. */
final class Shards {

    private final List<Shard> all;
    private final History history;

    Shards(List<Shard> all) {
        this.all = List.copyOf(all);
        this.history = all.size() == 1
                ? first().history()
                : new ShardedHistory(all.stream().map(Shard::history).toList());
    }

    Shard first() {
        return all.get(0);
    }

    Shard of(GroupName group) {
        return all.size() == 1 ? first() : all.get(ShardHash.shardOf(group.value(), all.size()));
    }

    void forEach(Consumer<Shard> action) {
        all.forEach(action);
    }

    History history() {
        return history;
    }

    /** Tells how well this node is connected: all through which it is must be well. */
    Health health() {
        List<Health> healths = all.stream().map(shard -> shard.link().health()).toList();
        if (healths.stream().allMatch(Health::healthy)) {
            return Health.HEALTHY;
        }
        return all.size() == 1 ? healths.get(0) : Health.degraded(detail(healths));
    }

    private static String detail(List<Health> healths) {
        return IntStream.range(0, healths.size())
                .filter(i -> !healths.get(i).healthy())
                .mapToObj(i -> "shard " + (i + 1) + " of " + healths.size() + ": "
                        + healths.get(i).detail())
                .collect(Collectors.joining("; "));
    }
}
