package io.channelbox.redis;

import io.channelbox.cluster.Backplane.Entry;
import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.Backplane.Page;
import io.channelbox.cluster.Envelopes;
import io.channelbox.cluster.MalformedEnvelopeException;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Histories in Redis: the streams that are published to. */
final class RedisHistoryStore implements HistoryStore {

    private static final Logger log = LoggerFactory.getLogger(RedisHistoryStore.class);
    private static final Script STATS = Script.of("stream.lua", "stats.lua");
    private static final Script CLEAR = Script.of("clear.lua");
    private static final int CHUNK = 500;

    private final RedisLink link;
    private final Streams streams;
    private final Optional<InstantSource> clock;

    /** Makes a store whose messages grow old by the time of Redis, from when they came to it. */
    RedisHistoryStore(RedisLink link) {
        this(link, Optional.empty());
    }

    /** Makes a store whose messages grow old by this clock, from when they were sent. */
    RedisHistoryStore(RedisLink link, InstantSource clock) {
        this(link, Optional.of(clock));
    }

    private RedisHistoryStore(RedisLink link, Optional<InstantSource> clock) {
        this.link = link;
        this.streams = new Streams(link);
        this.clock = clock;
    }

    private byte[] now() {
        return clock.map(source -> Bytes.of(source.millis())).orElse(Bytes.NONE);
    }

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<Appends.Entry> entries =
                messages.stream().map(message -> entry(message, retention)).toList();
        return link.await("Keeping in " + group, new Appends(link).append(group, entries, Bytes.NONE, now())).stream()
                .map(answer -> ((Outcome.Kept) answer.orThrow()).position())
                .toList();
    }

    private Appends.Entry entry(Message message, Retention retention) {
        var outgoing = new Outgoing(
                message.group(),
                message.id(),
                Envelopes.write(message),
                Optional.of(new Keep(retention, message.size())),
                Optional.empty(),
                Optional.empty(),
                false);
        return clock.isPresent()
                ? new Appends.Entry(outgoing, Bytes.of(message.sentAt().toEpochMilli()))
                : Appends.Entry.now(outgoing);
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        return query.after().isPresent() ? after(group, query) : newest(group, query);
    }

    private HistoryPage after(GroupName group, HistoryQuery query) {
        List<HistoryEntry> found = new ArrayList<>();
        StreamPosition last = query.after().orElseThrow();
        while (true) {
            Page page = streams.after(group, last, chunk(query), now());
            if (page.gap()) {
                return new HistoryPage(List.of(), page.top(), false, true);
            }
            addWanted(found, group, query, page.entries());
            if (found.size() > query.limit()) {
                return new HistoryPage(found.subList(0, query.limit()), page.top(), true, false);
            }
            if (!page.more()) {
                return new HistoryPage(found, page.top(), false, false);
            }
            last = page.entries().get(page.entries().size() - 1).position();
        }
    }

    private HistoryPage newest(GroupName group, HistoryQuery query) {
        List<HistoryEntry> found = new ArrayList<>();
        Optional<StreamPosition> before = query.before();
        while (true) {
            Page page = streams.before(group, before, chunk(query), now());
            addWanted(found, group, query, page.entries());
            boolean more = found.size() > query.limit();
            if (more || !page.more()) {
                List<HistoryEntry> entries = more ? found.subList(0, query.limit()) : found;
                Collections.reverse(entries);
                return new HistoryPage(entries, page.top(), more, false);
            }
            before = Optional.of(page.entries().get(page.entries().size() - 1).position());
        }
    }

    /** One more than is asked for tells whether there is more; whoever looks for some of many looks at many. */
    private static int chunk(HistoryQuery query) {
        boolean looking = !query.kinds().isEmpty()
                || query.sender().isPresent()
                || query.since().isPresent();
        return looking ? Math.max(CHUNK, query.limit() + 1) : query.limit() + 1;
    }

    private static void addWanted(List<HistoryEntry> found, GroupName group, HistoryQuery query, List<Entry> entries) {
        for (Entry entry : entries) {
            message(group, entry.envelope())
                    .filter(query::wants)
                    .ifPresent(message -> found.add(new HistoryEntry(entry.position(), message)));
        }
    }

    /** Foreign bytes have a position like everything else, and keep nobody from reading what is beside them. */
    private static Optional<Message> message(GroupName group, byte[] envelope) {
        try {
            return Optional.of(Envelopes.readMessage(group, envelope));
        } catch (MalformedEnvelopeException e) {
            log.debug("Something that is kept of {} is passed over", group, e);
            return Optional.empty();
        }
    }

    @Override
    public HistoryStats stats(GroupName group) {
        List<Object> raw = link.call("Counting " + group, STATS, streams.keysOf(group), List.of(now()));
        if (raw.isEmpty()) {
            return HistoryStats.EMPTY;
        }
        return new HistoryStats(
                Bytes.number(raw.get(0)),
                Bytes.number(raw.get(1)),
                message(group, (byte[]) raw.get(2)).map(Message::sentAt),
                message(group, (byte[]) raw.get(3)).map(Message::sentAt));
    }

    @Override
    public Set<GroupName> groups() {
        Set<GroupName> groups = new HashSet<>();
        ScanArgs streamKeys =
                ScanArgs.Builder.matches(link.keys().all("stream")).limit(1_000);
        KeyScanCursor<byte[]> page =
                link.await("Listing groups", link.commands().scan(ScanCursor.INITIAL, streamKeys));
        while (true) {
            page.getKeys().forEach(key -> groups.add(Envelopes.group(link.keys().tag("stream", key))));
            if (page.isFinished()) {
                return groups;
            }
            page = link.await("Listing groups", link.commands().scan(page, streamKeys));
        }
    }

    @Override
    public void clear(GroupName group) {
        link.call("Clearing " + group, CLEAR, streams.keysOf(group), List.of());
    }

    @Override
    public void clearAll() {
        groups().forEach(this::clear);
    }
}
