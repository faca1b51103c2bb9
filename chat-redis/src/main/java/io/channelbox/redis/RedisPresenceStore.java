package io.channelbox.redis;

import static io.channelbox.redis.PresenceRecord.bytes;
import static io.channelbox.redis.PresenceRecord.text;

import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import io.channelbox.presence.NamePolicy;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceStore;
import io.channelbox.presence.UserStatus;
import io.lettuce.core.KeyValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is here, in Redis. All of a group lies in one slot and changes in one step, with what its users have said beside their devices, so
 * that a group is read in one answer.
 *
 * <p>In which groups a user is, and what they have said, lies elsewhere ({@link PresenceUsers}), and is written after the group. Should a
 * process end in between, its devices are in the group and are swept with its node; or the user is said to be in a group where
 * they are not, which the next who looks finds and corrects. Numbers called tokens grow with each coming, so that what is late
 * does not take away what is newer.
 */
final class RedisPresenceStore implements PresenceStore {

    private static final Logger log = LoggerFactory.getLogger(RedisPresenceStore.class);
    private static final int MOST_AT_ONCE = 500;
    private static final byte[] CHANGED = bytes("/");

    private static final Script JOIN = Script.of("presence.lua", "presence-join.lua");
    private static final Script LEAVE = Script.of("presence.lua", "presence-leave.lua");
    private static final Script ACTIVE = Script.of("presence.lua", "presence-active.lua");
    private static final Script STATUS = Script.of("presence.lua", "presence-status.lua");

    private final RedisLink link;
    private final PresenceUsers users;
    private final IndexedGroups indexed;

    RedisPresenceStore(RedisLink link) {
        this.link = link;
        this.users = new PresenceUsers(link);
        this.indexed = new IndexedGroups(link);
    }

    private List<byte[]> keys(GroupName group) {
        return List.of(key(group), link.keys().of("whonames", group), nodesKey(group));
    }

    private byte[] nodesKey(GroupName group) {
        return link.keys().of("whonodes", group);
    }

    private byte[] key(GroupName group) {
        return link.keys().of("who", group);
    }

    @Override
    public Joined join(PresenceEntry entry, NamePolicy names) {
        GroupName group = entry.group();
        List<byte[]> args = new ArrayList<>();
        args.add(bytes(entry.user().value()));
        args.add(bytes(names.name()));
        args.addAll(PresenceRecord.fields(entry));
        List<Object> answer = indexed.joining(
                nodeOf(entry.node()), group, () -> link.call("Entering " + group, JOIN, keys(group), args));
        if (answer.get(0).equals(0L)) {
            return new Joined(false, List.of());
        }
        PresenceUsers.Said said = users.join(entry.user(), group, (byte[]) answer.get(1));
        if (said.stamp() > 0) {
            say(entry.user(), List.of(group), said);
        }
        return new Joined(true, replaced(group, answer.subList(2, answer.size())));
    }

    private List<PresenceEntry> replaced(GroupName group, List<Object> answer) {
        List<PresenceEntry> replaced = new ArrayList<>(answer.size());
        for (Object each : answer) {
            List<?> parts = (List<?>) each;
            PresenceEntry entry = PresenceRecord.entry(group, (byte[]) parts.get(0), (byte[]) parts.get(1));
            users.leave(entry.user(), group, (byte[]) parts.get(2));
            replaced.add(entry);
        }
        return replaced;
    }

    /** Writes what a user has said beside their devices in groups, all on their way at once. */
    private void say(UserId user, Collection<GroupName> groups, PresenceUsers.Said said) {
        List<byte[]> args = List.of(
                bytes(user.value()),
                bytes(Long.toString(said.stamp())),
                bytes(said.status().status().word()),
                bytes(said.status().text().orElse("")));
        groups.stream()
                .map(group -> link.run(STATUS, keys(group), args))
                .toList()
                .forEach(answer -> link.await("Saying a status", answer));
    }

    @Override
    public Left leave(PresenceEntry entry, Optional<Instant> keptAsLeftAt) {
        GroupName group = entry.group();
        List<Object> answer = indexed.leaving(
                nodeOf(entry.node()),
                group,
                () -> link.await("Leaving " + group, leave(group, List.of(entry), keptAsLeftAt)),
                left -> ((List<?>) left.get(0)).get(2).equals(0L));
        List<?> became = (List<?>) answer.get(0);
        users.leave(entry.user(), group, (byte[]) became.get(1));
        return Left.valueOf(text((byte[]) became.get(0)));
    }

    private CompletionStage<List<Object>> leave(
            GroupName group, List<PresenceEntry> entries, Optional<Instant> keptAsLeftAt) {
        List<byte[]> args = new ArrayList<>(1 + 4 * entries.size());
        args.add(PresenceRecord.leftAt(keptAsLeftAt));
        entries.forEach(entry -> args.addAll(PresenceRecord.stay(entry)));
        return link.run(LEAVE, keys(group), args);
    }

    @Override
    public void active(PresenceEntry entry, boolean active) {
        List<byte[]> args = PresenceRecord.stay(entry);
        args.add(bytes(active ? "1" : "0"));
        link.call("Saying what a device does in " + entry.group(), ACTIVE, keys(entry.group()), args);
    }

    @Override
    public boolean status(UserId user, UserStatus status) {
        Optional<PresenceUsers.Told> told = users.say(user, status);
        told.ifPresent(where -> say(user, where.groups(), where.said()));
        return told.isPresent();
    }

    @Override
    public List<PresenceEntry> read(GroupName group) {
        Map<byte[], byte[]> all = link.await(
                "Reading who is in " + group, link.commandsFor(key(group)).hgetall(key(group)));
        return all.entrySet().stream()
                .map(user -> PresenceRecord.read(group, user.getKey(), user.getValue()))
                .sorted(Comparator.comparingLong(PresenceRecord::came))
                .flatMap(user -> user.entries().stream())
                .toList();
    }

    @Override
    public List<PresenceEntry> read(GroupName group, UserId user) {
        return read(group, List.of(user)).getOrDefault(user, List.of());
    }

    @Override
    public Map<UserId, List<PresenceEntry>> read(GroupName group, Collection<UserId> some) {
        Map<UserId, List<PresenceEntry>> found = new LinkedHashMap<>();
        List<UserId> all = List.copyOf(some);
        for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
            byte[][] ids = all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE)).stream()
                    .map(user -> bytes(user.value()))
                    .toArray(byte[][]::new);
            for (KeyValue<byte[], byte[]> kept : link.await(
                    "Reading who is in " + group, link.commandsFor(key(group)).hmget(key(group), ids))) {
                kept.ifHasValue(value -> {
                    List<PresenceEntry> entries =
                            PresenceRecord.read(group, kept.getKey(), value).entries();
                    if (!entries.isEmpty()) {
                        found.put(entries.get(0).user(), entries);
                    }
                });
            }
        }
        return found;
    }

    @Override
    public Map<GroupName, Long> versions(Collection<GroupName> groups) {
        Map<GroupName, CompletionStage<byte[]>> answers = new LinkedHashMap<>();
        groups.forEach(
                group -> answers.put(group, link.commandsFor(nodesKey(group)).hget(nodesKey(group), CHANGED)));
        Map<GroupName, Long> versions = new HashMap<>();
        answers.forEach((group, answer) -> {
            byte[] changed = link.await("Asking what has changed", answer);
            if (changed != null) {
                versions.put(group, Long.parseLong(text(changed)));
            }
        });
        return versions;
    }

    /** Corrects on the way what was left half-done. */
    @Override
    public List<PresenceEntry> read(UserId user) {
        PresenceUsers.Known known = users.read(user);
        byte[] id = bytes(user.value());
        Map<GroupName, CompletionStage<byte[]>> answers = new LinkedHashMap<>();
        known.groups()
                .keySet()
                .forEach(
                        group -> answers.put(group, link.commandsFor(key(group)).hget(key(group), id)));
        List<PresenceEntry> found = new ArrayList<>();
        List<GroupName> unsaid = new ArrayList<>(0);
        answers.forEach((group, answer) -> {
            byte[] kept = link.await("Reading who is in " + group, answer);
            PresenceRecord record = PresenceRecord.read(group, id, kept == null ? Bytes.NONE : kept);
            if (record.entries().isEmpty()) {
                users.leave(user, group, known.groups().getOrDefault(group, Bytes.NONE));
            } else if (record.stamp() < known.said().stamp()) {
                unsaid.add(group);
            }
            record.entries()
                    .forEach(entry -> found.add(
                            known.said().stamp() > 0 ? entry.status(known.said().status()) : entry));
        });
        say(user, unsaid, known.said());
        return List.copyOf(found);
    }

    @Override
    public List<PresenceEntry> removeNode(String name) {
        var sweep = new PresenceSweep(
                link, users, indexed, (group, some) -> leave(group, some, Optional.empty()), name, nodeOf(name));
        try {
            sweep.run();
        } catch (StoreException e) {
            if (sweep.removed().isEmpty()) {
                throw e;
            }
            log.warn("Not all could be taken away of node {} yet", name, e);
        }
        return sweep.removed();
    }

    /** Returns what the presences of a node have in common in their names. */
    private static String nodeOf(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
