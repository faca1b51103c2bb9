package io.channelbox.fake;

import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A history in memory that lets a test step in around every read and append. */
public final class HookedStore implements HistoryStore {

    private final HistoryStore store;
    private Runnable beforeRead = () -> {};
    private Runnable afterRead = () -> {};
    private Runnable beforeAppend = () -> {};
    private Runnable afterAppend = () -> {};
    private UnaryOperator<List<StreamPosition>> answer = UnaryOperator.identity();

    public HookedStore(InstantSource clock) {
        store = new InMemoryHistoryStore(clock);
    }

    public HookedStore beforeRead(Runnable hook) {
        beforeRead = hook;
        return this;
    }

    public HookedStore afterRead(Runnable hook) {
        afterRead = hook;
        return this;
    }

    public HookedStore beforeAppend(Runnable hook) {
        beforeAppend = hook;
        return this;
    }

    /** Between keeping and telling: the publisher's lane is held. */
    public HookedStore afterAppend(Runnable hook) {
        afterAppend = hook;
        return this;
    }

    /** Changes what an append answers. */
    public HookedStore answering(UnaryOperator<List<StreamPosition>> changed) {
        answer = changed;
        return this;
    }

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        beforeAppend.run();
        List<StreamPosition> positions = store.append(group, messages, retention);
        afterAppend.run();
        return answer.apply(positions);
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        beforeRead.run();
        HistoryPage page = store.read(group, query);
        afterRead.run();
        return page;
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
