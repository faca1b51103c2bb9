package io.channelbox.redis;

import static io.channelbox.redis.PresenceRecord.text;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceStore.Left;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Takes away what a node has left behind. Many groups are on their way at once, and a large one is done in parts, so that neither the
 * way to Redis nor Redis itself is taken for long.
 */
final class PresenceSweep {

    private static final int GROUPS_AT_ONCE = 100;
    private static final int USERS_AT_ONCE = 100;

    /** Runs what takes devices away. */
    @FunctionalInterface
    interface Leaving {
        CompletionStage<List<Object>> leave(GroupName group, List<PresenceEntry> entries);
    }

    private final RedisLink link;
    private final PresenceUsers users;
    private final IndexedGroups indexed;
    private final Leaving leaving;
    private final String name;
    private final String node;
    private final List<PresenceEntry> removed = new ArrayList<>();

    /**
     * Begins a sweep.
     *
     * @param name of the node, or of a presence of it
     * @param node what the presences of the node have in common in their names
     */
    PresenceSweep(
            RedisLink link, PresenceUsers users, IndexedGroups indexed, Leaving leaving, String name, String node) {
        this.link = link;
        this.users = users;
        this.indexed = indexed;
        this.leaving = leaving;
        this.name = name;
        this.node = node;
    }

    /** A group that is looked through; what is found of other presences of the node stays. */
    private static final class Swept {

        private final GroupName group;
        private final double joins;
        private ScanCursor cursor = ScanCursor.INITIAL;
        private boolean othersThere;

        Swept(GroupName group, double joins) {
            this.group = group;
            this.joins = joins;
        }
    }

    /** Part of a group, on its way. */
    private record Parting(Swept swept, List<PresenceEntry> entries, CompletionStage<List<Object>> answer) {}

    /** Returns what was taken away, also after a failure. */
    List<PresenceEntry> removed() {
        return List.copyOf(removed);
    }

    void run() {
        List<Swept> all = new ArrayList<>();
        indexed.of(node).forEach((group, joins) -> all.add(new Swept(group, joins)));
        for (int from = 0; from < all.size(); from += GROUPS_AT_ONCE) {
            List<Swept> some = all.subList(from, Math.min(all.size(), from + GROUPS_AT_ONCE));
            for (List<Swept> rest = some; !rest.isEmpty(); rest = unfinished(rest)) {
                await(partings(rest));
            }
            forget(some);
        }
    }

    private static List<Swept> unfinished(List<Swept> some) {
        return some.stream().filter(swept -> !swept.cursor.isFinished()).toList();
    }

    private List<Parting> partings(List<Swept> some) {
        List<CompletionStage<MapScanCursor<byte[], byte[]>>> pages = new ArrayList<>(some.size());
        for (Swept swept : some) {
            byte[] who = link.keys().of("who", swept.group);
            pages.add(link.commandsFor(who).hscan(who, swept.cursor, ScanArgs.Builder.limit(USERS_AT_ONCE)));
        }
        List<Parting> partings = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Swept swept = some.get(i);
            MapScanCursor<byte[], byte[]> page = link.await("Reading who is in " + swept.group, pages.get(i));
            swept.cursor = page;
            List<PresenceEntry> entries = ofName(swept, page.getMap());
            if (!entries.isEmpty()) {
                partings.add(new Parting(swept, entries, leaving.leave(swept.group, entries)));
            }
        }
        return partings;
    }

    private List<PresenceEntry> ofName(Swept swept, Map<byte[], byte[]> page) {
        List<PresenceEntry> found = new ArrayList<>();
        page.forEach((user, kept) -> PresenceRecord.read(swept.group, user, kept).entries().stream()
                .filter(entry -> entry.isOf(node))
                .forEach(entry -> {
                    if (entry.isOf(name)) {
                        found.add(entry);
                    } else {
                        swept.othersThere = true;
                    }
                }));
        return found;
    }

    private void await(List<Parting> partings) {
        List<CompletionStage<List<Object>>> left = new ArrayList<>();
        for (Parting parting : partings) {
            GroupName group = parting.swept().group;
            List<Object> answer = link.await("Leaving " + group, parting.answer());
            Map<UserId, byte[]> gone = new LinkedHashMap<>();
            for (int i = 0; i < answer.size(); i++) {
                List<?> became = (List<?>) answer.get(i);
                if (text((byte[]) became.get(0)).equals(Left.GONE.name())) {
                    PresenceEntry entry = parting.entries().get(i);
                    removed.add(entry);
                    gone.put(entry.user(), (byte[]) became.get(1));
                }
            }
            left.addAll(users.left(gone, group));
        }
        left.forEach(each -> link.await("Leaving groups", each));
    }

    private void forget(List<Swept> some) {
        List<CompletionStage<List<Object>>> forgotten = new ArrayList<>(some.size());
        for (Swept swept : some) {
            if (!swept.othersThere) {
                forgotten.add(indexed.forget(node, swept.group, swept.joins));
            }
        }
        forgotten.forEach(each -> link.await("Forgetting a node", each));
    }
}
