package io.channelbox.presence;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One device of one user in one group: what a {@link PresenceStore} keeps.
 *
 * @param node which presence tracks the channel: a name that no other has, also not an earlier one of the same process. In a cluster
 *     it is the name of the node, see {@link io.channelbox.broker.Cluster#node}, a slash, and what tells several presences of
 *     the node apart; so that what any of them left can be found by the name of the node, and none takes another's away.
 * @param ref tells this stay of the channel from an earlier and a later one; within a node no two are the same
 * @param name what others see
 * @param since when the user came, by whichever device was first
 * @param active whether the user did something on this device lately
 * @param status what the user has said of themselves; the same in all entries of a user
 * @param leftAt when the device left, for the last one of a user that is kept for the grace time
 */
public record PresenceEntry(
        GroupName group,
        UserId user,
        ChannelId channel,
        String node,
        long ref,
        String name,
        Instant since,
        boolean active,
        UserStatus status,
        Optional<Instant> leftAt) {

    /** Refuses missing parts. */
    public PresenceEntry {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(leftAt, "leftAt");
    }

    static Map<UserId, List<PresenceEntry>> byUser(List<PresenceEntry> entries) {
        Map<UserId, List<PresenceEntry>> byUser = new LinkedHashMap<>();
        entries.forEach(entry ->
                byUser.computeIfAbsent(entry.user(), user -> new ArrayList<>(1)).add(entry));
        return byUser;
    }

    /** Tells whether the device is here, and not only kept for the grace time. */
    public boolean isHere() {
        return leftAt.isEmpty();
    }

    /** Tells whether both are the same stay of the same channel, whatever has changed meanwhile. */
    public boolean isSameStay(PresenceEntry other) {
        return ref == other.ref
                && channel.equals(other.channel)
                && node.equals(other.node)
                && user.equals(other.user)
                && group.equals(other.group);
    }

    /** Tells whether it is of this node, or of one presence of it, see {@link #node}. */
    public boolean isOf(String someNode) {
        return node.startsWith(someNode)
                && (node.length() == someNode.length() || node.charAt(someNode.length()) == '/');
    }

    /** Returns what the names of two users must differ in where each may be here only once. */
    public String foldedName() {
        String same = Normalizer.normalize(name, Normalizer.Form.NFKC).strip();
        return same.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Returns the same entry, of a user who came at this time. */
    public PresenceEntry since(Instant time) {
        return since.equals(time)
                ? this
                : new PresenceEntry(group, user, channel, node, ref, name, time, active, status, leftAt);
    }

    /** Returns the same entry, of a device that is active or not. */
    public PresenceEntry active(boolean now) {
        return new PresenceEntry(group, user, channel, node, ref, name, since, now, status, leftAt);
    }

    /** Returns the same entry, of a user who has said this. */
    public PresenceEntry status(UserStatus said) {
        return new PresenceEntry(group, user, channel, node, ref, name, since, active, said, leftAt);
    }

    /** Returns the same entry, of a device that has left. */
    public PresenceEntry leftAt(Instant time) {
        return new PresenceEntry(group, user, channel, node, ref, name, since, active, status, Optional.of(time));
    }
}
