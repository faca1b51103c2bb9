package io.channelbox.channel;

import io.channelbox.message.GroupName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The groups of one channel. Guarded by itself; the registry holds it while it changes the group's side too. */
final class Memberships {

    private final Map<GroupName, Membership> byGroup = new HashMap<>(4);
    private boolean ended;

    synchronized boolean hasEnded() {
        return ended;
    }

    synchronized Optional<Membership> get(GroupName group) {
        return Optional.ofNullable(byGroup.get(group));
    }

    synchronized void add(Membership membership) {
        byGroup.put(membership.group(), membership);
    }

    synchronized Optional<Membership> remove(GroupName group) {
        return Optional.ofNullable(byGroup.remove(group));
    }

    synchronized boolean remove(Membership membership) {
        return byGroup.remove(membership.group(), membership);
    }

    /** Takes nothing more, and returns what there was. */
    synchronized List<Membership> end() {
        ended = true;
        List<Membership> all = List.copyOf(byGroup.values());
        byGroup.clear();
        return all;
    }

    /** Tells whether there are this many groups or more, the user's inbox not counted. */
    synchronized boolean isFullAt(int most) {
        return byGroup.size() >= most && groups().size() >= most;
    }

    synchronized Set<GroupName> groups() {
        return byGroup.keySet().stream().filter(name -> !name.isInbox()).collect(Collectors.toUnmodifiableSet());
    }
}
