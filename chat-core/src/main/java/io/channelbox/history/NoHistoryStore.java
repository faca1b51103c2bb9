package io.channelbox.history;

import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Set;

/** Keeps nothing: what is saved is told and forgotten. */
public enum NoHistoryStore implements HistoryStore {
    /** The only one. */
    INSTANCE;

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        return List.of();
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        return HistoryPage.ofUnknown(query);
    }

    @Override
    public HistoryStats stats(GroupName group) {
        return HistoryStats.EMPTY;
    }

    @Override
    public Set<GroupName> groups() {
        return Set.of();
    }

    @Override
    public void clear(GroupName group) {}

    @Override
    public void clearAll() {}
}
