package io.channelbox.redis;

import io.channelbox.cluster.Backplane.Entry;
import io.channelbox.cluster.Backplane.Page;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.lettuce.core.KeyValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What is kept of groups, as it lies in Redis. */
final class Streams {

    private static final Script PAGE = Script.of("stream.lua", "page.lua");
    private static final Script EPOCH = Script.of("epoch.lua");
    private static final int HEAD = 5; // so much is said of a page before its entries
    private static final byte[] EPOCH_FIELD = Bytes.of("e");
    private static final byte[] OFFSET_FIELD = Bytes.of("o");

    private final RedisLink link;

    Streams(RedisLink link) {
        this.link = link;
    }

    /** Returns the oldest envelopes after a position. */
    Page after(GroupName group, StreamPosition position, int limit, byte[] now) {
        return page(group, now, "after", Optional.of(position), limit)
                .orElseGet(() -> new Page(List.of(), Optional.empty(), false, true, Optional.empty()));
    }

    /** Returns the newest envelopes before a position, or of all, the newest first. */
    Page before(GroupName group, Optional<StreamPosition> position, int limit, byte[] now) {
        return page(group, now, "before", position, limit)
                .orElseGet(() -> new Page(List.of(), Optional.empty(), false, false, Optional.empty()));
    }

    private Optional<Page> page(
            GroupName group, byte[] now, String direction, Optional<StreamPosition> position, int limit) {
        List<Object> raw = link.call(
                "Reading " + group,
                PAGE,
                keysOf(group),
                List.of(
                        now,
                        Bytes.of(direction),
                        position.map(asked -> Bytes.of(asked.epoch())).orElse(Bytes.NONE),
                        position.map(asked -> Bytes.of(asked.offset())).orElse(Bytes.NONE),
                        Bytes.of(limit + 1L)));
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        link.foreign().met(group, Bytes.number(raw.get(4)));
        return Optional.of(page(raw, limit));
    }

    private static Page page(List<Object> raw, int limit) {
        String epoch = Bytes.text(raw.get(0));
        List<Entry> entries = new ArrayList<>();
        for (int i = HEAD; i < raw.size() && entries.size() < limit; i += 2) {
            entries.add(new Entry(new StreamPosition(epoch, Bytes.number(raw.get(i))), (byte[]) raw.get(i + 1)));
        }
        return new Page(
                entries,
                Optional.of(new StreamPosition(epoch, Bytes.number(raw.get(1)))),
                raw.size() - HEAD > 2 * limit,
                Bytes.number(raw.get(3)) == 1,
                Optional.of(new StreamPosition(epoch, Bytes.number(raw.get(2)))));
    }

    /** Returns the keys of a group's stream and of what is known of it. */
    List<byte[]> keysOf(GroupName group) {
        return List.of(link.keys().of("stream", group), link.keys().of("meta", group));
    }

    Map<GroupName, StreamPosition> tops(Collection<GroupName> groups) {
        Map<GroupName, CompletionStage<List<KeyValue<byte[], byte[]>>>> answers = new HashMap<>();
        for (GroupName group : groups) {
            byte[] meta = link.keys().of("meta", group);
            answers.put(group, link.commandsFor(meta).hmget(meta, EPOCH_FIELD, OFFSET_FIELD));
        }
        Map<GroupName, StreamPosition> tops = new HashMap<>();
        answers.forEach((group, answer) -> {
            List<KeyValue<byte[], byte[]>> known = link.await("Reading how far groups are", answer);
            if (known.get(0).hasValue() && known.get(1).hasValue()) {
                tops.put(
                        group,
                        new StreamPosition(
                                Bytes.text(known.get(0).getValue()),
                                Long.parseLong(Bytes.text(known.get(1).getValue()))));
            }
        });
        return tops;
    }

    void newEpoch(GroupName group, String present) {
        link.call(
                "Beginning a new epoch of " + group,
                EPOCH,
                List.of(link.keys().of("meta", group)),
                List.of(Bytes.of(present), Bytes.of(Appends.newEpoch())));
    }
}
