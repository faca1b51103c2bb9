package io.channelbox.testkit;

import io.channelbox.cluster.Backplane.Entry;
import io.channelbox.cluster.Envelopes;
import io.channelbox.cluster.MalformedEnvelopeException;
import io.channelbox.history.History;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was said to the groups of several nodes, as one of them reads it. */
final class SharedHistory implements History {

    private final InMemoryBackplane node;
    private final SharedMemory memory;

    SharedHistory(InMemoryBackplane node, SharedMemory memory) {
        this.node = node;
        this.memory = memory;
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        node.requireReach();
        Optional<StreamPosition> top = memory.top(group);
        List<HistoryEntry> wanted = entries(group).stream()
                .filter(entry -> query.wants(entry.message()))
                .toList();
        if (query.after().isPresent()) {
            return after(group, query.after().get(), query.limit(), wanted, top);
        }
        List<HistoryEntry> below = wanted.stream()
                .filter(entry -> query.before()
                        .map(before -> before.epoch().equals(entry.position().epoch())
                                && entry.position().offset() < before.offset())
                        .orElse(true))
                .toList();
        int first = Math.max(0, below.size() - query.limit());
        return new HistoryPage(below.subList(first, below.size()), top, first > 0, false);
    }

    private HistoryPage after(
            GroupName group, StreamPosition after, int limit, List<HistoryEntry> wanted, Optional<StreamPosition> top) {
        if (memory.read(group, after, 1).gap()) {
            return new HistoryPage(List.of(), top, false, true);
        }
        List<HistoryEntry> missed = wanted.stream()
                .filter(entry -> entry.position().offset() > after.offset())
                .toList();
        boolean more = missed.size() > limit;
        return new HistoryPage(more ? missed.subList(0, limit) : missed, top, more, false);
    }

    private List<HistoryEntry> entries(GroupName group) {
        return memory.entries(group).stream()
                .flatMap(entry -> message(group, entry).stream())
                .toList();
    }

    /** What nobody understands has a position, and is passed over. */
    private static Optional<HistoryEntry> message(GroupName group, Entry entry) {
        try {
            return Optional.of(new HistoryEntry(entry.position(), Envelopes.readMessage(group, entry.envelope())));
        } catch (MalformedEnvelopeException e) {
            return Optional.empty();
        }
    }

    @Override
    public HistoryStats stats(GroupName group) {
        node.requireReach();
        List<HistoryEntry> all = entries(group);
        if (all.isEmpty()) {
            return HistoryStats.EMPTY;
        }
        return new HistoryStats(
                all.size(),
                all.stream().mapToLong(entry -> entry.message().size()).sum(),
                Optional.of(all.get(0).message().sentAt()),
                Optional.of(all.get(all.size() - 1).message().sentAt()));
    }

    @Override
    public Set<GroupName> groups() {
        node.requireReach();
        return memory.groups();
    }

    @Override
    public void clear(GroupName group) {
        node.requireReach();
        memory.clear(group);
    }

    @Override
    public void clearAll() {
        node.requireReach();
        memory.groups().forEach(memory::clear);
    }
}
