package io.channelbox.presence;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is here on one node, in memory: the reference. What nobody is in takes no room. */
public final class InMemoryPresenceStore implements PresenceStore {

    // What is in a map's values is touched only while the map computes for its key: first a group, then a user.
    private final ConcurrentHashMap<GroupName, GroupEntries> groups = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UserId, UserEntries> users = new ConcurrentHashMap<>();

    /** Makes a store with nobody in it. */
    public InMemoryPresenceStore() {}

    @Override
    public Joined join(PresenceEntry entry, NamePolicy names) {
        List<Joined> answer = new ArrayList<>(1);
        groups.compute(entry.group(), (name, known) -> {
            GroupEntries group = known == null ? new GroupEntries() : known;
            List<PresenceEntry> others =
                    names == NamePolicy.ALLOW ? List.of() : group.othersNamed(entry.foldedName(), entry.user());
            if (names == NamePolicy.REJECT_NEW && !others.isEmpty()) {
                answer.add(new Joined(false, List.of()));
                return known;
            }
            others.forEach(other -> remove(group, other));
            add(group, entry);
            answer.add(new Joined(true, others));
            return group;
        });
        return answer.get(0);
    }

    private void add(GroupEntries group, PresenceEntry entry) {
        List<PresenceEntry> own = group.of(entry.user());
        users.compute(entry.user(), (user, known) -> (known == null ? new UserEntries() : known).with(entry.group()));
        Instant since = own.isEmpty() ? entry.since() : own.get(0).since();
        own.stream()
                .filter(each -> !each.isHere() || each.channel().equals(entry.channel()))
                .forEach(group::remove);
        group.put(entry.since(since));
    }

    @Override
    public Left leave(PresenceEntry entry, Optional<Instant> keptAsLeftAt) {
        List<Left> answer = new ArrayList<>(1);
        groups.computeIfPresent(entry.group(), (name, group) -> {
            Optional<PresenceEntry> found = group.find(entry);
            if (found.isEmpty()) {
                return group;
            }
            boolean last = group.of(entry.user()).stream()
                            .filter(PresenceEntry::isHere)
                            .count()
                    == 1;
            if (keptAsLeftAt.isPresent() && found.get().isHere() && last) {
                group.put(found.get().leftAt(keptAsLeftAt.get()));
                answer.add(Left.KEPT);
            } else {
                remove(group, found.get());
                answer.add(Left.GONE);
            }
            return group.isEmpty() ? null : group;
        });
        return answer.isEmpty() ? Left.UNKNOWN : answer.get(0);
    }

    private void remove(GroupEntries group, PresenceEntry entry) {
        group.remove(entry);
        if (group.of(entry.user()).isEmpty()) {
            users.computeIfPresent(entry.user(), (user, known) -> known.without(entry.group()));
        }
    }

    @Override
    public void active(PresenceEntry entry, boolean active) {
        groups.computeIfPresent(entry.group(), (name, group) -> {
            group.find(entry).ifPresent(found -> group.put(found.active(active)));
            return group;
        });
    }

    @Override
    public boolean status(UserId user, UserStatus status) {
        UserEntries said = users.computeIfPresent(user, (id, known) -> known.saying(status));
        if (said != null) {
            said.groups().forEach(group -> groups.computeIfPresent(group, (name, entries) -> entries.changed()));
        }
        return said != null;
    }

    @Override
    public List<PresenceEntry> read(GroupName group) {
        List<PresenceEntry> all = new ArrayList<>();
        groups.computeIfPresent(group, (name, entries) -> {
            entries.users().forEach(user -> all.addAll(entries.of(user)));
            return entries;
        });
        all.replaceAll(this::withStatus);
        return List.copyOf(all);
    }

    @Override
    public List<PresenceEntry> read(GroupName group, UserId user) {
        List<PresenceEntry> all = new ArrayList<>(1);
        groups.computeIfPresent(group, (name, entries) -> {
            all.addAll(entries.of(user));
            return entries;
        });
        all.replaceAll(this::withStatus);
        return List.copyOf(all);
    }

    @Override
    public Map<GroupName, Long> versions(Collection<GroupName> some) {
        Map<GroupName, Long> versions = new HashMap<>();
        some.forEach(group -> groups.computeIfPresent(group, (name, entries) -> {
            versions.put(name, entries.version);
            return entries;
        }));
        return versions;
    }

    private PresenceEntry withStatus(PresenceEntry entry) {
        UserEntries user = users.get(entry.user());
        return user == null ? entry : entry.status(user.status());
    }

    @Override
    public List<PresenceEntry> read(UserId user) {
        List<GroupName> in = new ArrayList<>();
        users.computeIfPresent(user, (id, known) -> {
            in.addAll(known.groups());
            return known;
        });
        return in.stream().flatMap(group -> read(group, user).stream()).toList();
    }

    @Override
    public List<PresenceEntry> removeNode(String node) {
        List<PresenceEntry> removed = new ArrayList<>();
        for (GroupName name : groups.keySet()) {
            for (PresenceEntry entry : read(name)) {
                if (entry.isOf(node) && leave(entry, Optional.empty()) == Left.GONE) {
                    removed.add(entry);
                }
            }
        }
        return List.copyOf(removed);
    }

    /** Returns how many groups and users there is something about: none when everybody has left. */
    public int size() {
        return groups.size() + users.size();
    }

    /** The entries of one group by user, and by name where names matter. Most users have one device, so what changes is a list. */
    private static final class GroupEntries {

        private final Map<UserId, List<PresenceEntry>> byUser = new LinkedHashMap<>();
        private @Nullable Map<String, List<PresenceEntry>> byName; // made when somebody first asks
        // From anywhere: a group that was forgotten and is there again must not be taken for what it was.
        private long version = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2);

        GroupEntries changed() {
            version++;
            return this;
        }

        List<PresenceEntry> of(UserId user) {
            return byUser.getOrDefault(user, List.of());
        }

        Optional<PresenceEntry> find(PresenceEntry stay) {
            return of(stay.user()).stream().filter(stay::isSameStay).findFirst();
        }

        List<PresenceEntry> othersNamed(String folded, UserId user) {
            return byName().getOrDefault(folded, List.of()).stream()
                    .filter(entry -> !entry.user().equals(user))
                    .toList();
        }

        private Map<String, List<PresenceEntry>> byName() {
            Map<String, List<PresenceEntry>> names = byName;
            if (names == null) {
                names = new HashMap<>();
                for (List<PresenceEntry> own : byUser.values()) {
                    for (PresenceEntry entry : own) {
                        putInto(names, entry.foldedName(), entry);
                    }
                }
                byName = names;
            }
            return names;
        }

        void put(PresenceEntry entry) {
            changed();
            putInto(byUser, entry.user(), entry);
            if (byName != null) {
                putInto(byName, entry.foldedName(), entry);
            }
        }

        /** Takes the place of what there is of the same channel. */
        private static <K> void putInto(Map<K, List<PresenceEntry>> map, K key, PresenceEntry entry) {
            List<PresenceEntry> known = map.getOrDefault(key, List.of());
            List<PresenceEntry> more = new ArrayList<>(known);
            more.replaceAll(each -> each.channel().equals(entry.channel()) ? entry : each);
            if (!more.contains(entry)) {
                more.add(entry);
            }
            map.put(key, List.copyOf(more));
        }

        void remove(PresenceEntry entry) {
            changed();
            removeFrom(byUser, entry.user(), entry);
            if (byName != null) {
                removeFrom(byName, entry.foldedName(), entry);
            }
        }

        private static <K> void removeFrom(Map<K, List<PresenceEntry>> map, K key, PresenceEntry entry) {
            map.computeIfPresent(key, (same, known) -> {
                List<PresenceEntry> fewer = known.stream()
                        .filter(each -> !each.channel().equals(entry.channel()))
                        .collect(Collectors.toUnmodifiableList());
                return fewer.isEmpty() ? null : fewer;
            });
        }

        Set<UserId> users() {
            return byUser.keySet();
        }

        boolean isEmpty() {
            return byUser.isEmpty();
        }
    }

    /** Where a user is, and what they have said of themselves. Never changes. */
    private record UserEntries(List<GroupName> groups, UserStatus status) {

        UserEntries() {
            this(List.of(), UserStatus.AUTOMATIC);
        }

        UserEntries with(GroupName group) {
            if (groups.contains(group)) {
                return this;
            }
            List<GroupName> more = new ArrayList<>(groups);
            more.add(group);
            return new UserEntries(List.copyOf(more), status);
        }

        @Nullable
        UserEntries without(GroupName group) {
            List<GroupName> fewer =
                    groups.stream().filter(each -> !each.equals(group)).collect(Collectors.toUnmodifiableList());
            return fewer.isEmpty() ? null : new UserEntries(fewer, status);
        }

        UserEntries saying(UserStatus said) {
            return new UserEntries(groups, said);
        }
    }
}
