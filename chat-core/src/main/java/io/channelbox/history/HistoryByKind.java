package io.channelbox.history;

import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Keeps the groups of some kinds in stores of their own: rooms in a database, say, and a lobby nowhere. */
public final class HistoryByKind implements HistoryStore {

    private final Map<String, HistoryStore> stores;
    private final HistoryStore otherwise;

    /** Makes a store that leaves groups of these kinds to these stores, and all others to the last one. */
    public HistoryByKind(Map<String, HistoryStore> stores, HistoryStore otherwise) {
        this.stores = Map.copyOf(stores);
        this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
    }

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        return storeOf(group).append(group, messages, retention);
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        return storeOf(group).read(group, query);
    }

    @Override
    public HistoryStats stats(GroupName group) {
        return storeOf(group).stats(group);
    }

    @Override
    public Set<GroupName> groups() {
        Set<GroupName> all = new HashSet<>(otherwise.groups());
        stores.values().forEach(store -> all.addAll(store.groups()));
        return Set.copyOf(all);
    }

    @Override
    public void clear(GroupName group) {
        storeOf(group).clear(group);
    }

    @Override
    public void clearAll() {
        otherwise.clearAll();
        stores.values().forEach(HistoryStore::clearAll);
    }

    private HistoryStore storeOf(GroupName group) {
        return stores.getOrDefault(group.kind(), otherwise);
    }
}
