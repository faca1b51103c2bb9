package io.channelbox.examples.typed;

import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A history that nothing can be added to. */
final class FullDisk implements HistoryStore {

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        throw new StoreException("the messages cannot be kept", new IOException("no space left on device"));
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        return HistoryPage.EMPTY;
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
