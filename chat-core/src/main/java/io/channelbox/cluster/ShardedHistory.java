package io.channelbox.cluster;

import io.channelbox.history.History;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.message.GroupName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The histories of several backplanes as one. */
final class ShardedHistory implements History {

    private final List<History> shards;

    ShardedHistory(List<History> shards) {
        this.shards = List.copyOf(shards);
    }

    private History of(GroupName group) {
        return shards.get(ShardHash.shardOf(group.value(), shards.size()));
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        return of(group).read(group, query);
    }

    @Override
    public HistoryStats stats(GroupName group) {
        return of(group).stats(group);
    }

    @Override
    public Set<GroupName> groups() {
        Set<GroupName> groups = new HashSet<>();
        shards.forEach(shard -> groups.addAll(shard.groups()));
        return groups;
    }

    @Override
    public void clear(GroupName group) {
        of(group).clear(group);
    }

    @Override
    public void clearAll() {
        shards.forEach(History::clearAll);
    }
}
