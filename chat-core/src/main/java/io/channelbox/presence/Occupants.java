package io.channelbox.presence;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is in one group, as it was told last. Used by whoever runs the lane of the group. */
final class Occupants {

    private final GroupName group;
    private final Map<UserId, PresenceMember> members = new LinkedHashMap<>();
    private int channels;

    Occupants(GroupName group) {
        this.group = group;
    }

    Set<UserId> users() {
        return members.keySet();
    }

    Collection<PresenceMember> members() {
        return members.values();
    }

    Optional<PresenceMember> member(UserId user) {
        return Optional.ofNullable(members.get(user));
    }

    PresenceCount count() {
        return new PresenceCount(members.size(), channels);
    }

    /** Tells how these users, as the store has them now, differ from how they were told last. */
    PresenceChange compare(Collection<UserId> users, Map<UserId, List<PresenceEntry>> stored) {
        List<PresenceMember> joins = new ArrayList<>();
        List<PresenceMember> leaves = new ArrayList<>();
        List<PresenceMember> updates = new ArrayList<>();
        for (UserId user : users) {
            Optional<PresenceMember> before = member(user);
            Optional<PresenceMember> now = PresenceMember.of(stored.getOrDefault(user, List.of()));
            if (before.isEmpty()) {
                now.ifPresent(joins::add);
            } else if (now.isEmpty()) {
                leaves.add(before.get());
            } else if (!now.equals(before)) {
                updates.add(now.get());
            }
        }
        return new PresenceChange(group, joins, leaves, updates);
    }

    /** Notes a user as they are told from now on. */
    void note(PresenceMember member) {
        PresenceMember before = members.put(member.id(), member);
        channels += member.devices() - (before == null ? 0 : before.devices());
    }

    void forget(UserId user) {
        PresenceMember before = members.remove(user);
        channels -= before == null ? 0 : before.devices();
    }
}
