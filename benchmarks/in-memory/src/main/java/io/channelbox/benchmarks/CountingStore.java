package io.channelbox.benchmarks;

import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Set;

/** A history in memory that counts how often it is read. */
final class CountingStore implements HistoryStore {

    private final InMemoryHistoryStore store = new InMemoryHistoryStore();
    private long reads;

    long reads() {
        return reads;
    }

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        return store.append(group, messages, retention);
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        reads++;
        return store.read(group, query);
    }

    @Override
    public HistoryStats stats(GroupName group) {
        return store.stats(group);
    }

    @Override
    public Set<GroupName> groups() {
        return store.groups();
    }

    @Override
    public void clear(GroupName group) {
        store.clear(group);
    }

    @Override
    public void clearAll() {
        store.clearAll();
    }
}
