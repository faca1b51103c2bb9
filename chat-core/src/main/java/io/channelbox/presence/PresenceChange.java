package io.channelbox.presence;

import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Objects;

/**
 * What has changed in a group since the last one.
 *
 * @param joins who has come
 * @param leaves who has left, as they were last
 * @param updates who was here and is, with another status, text, name or number of devices
 */
public record PresenceChange(
        GroupName group, List<PresenceMember> joins, List<PresenceMember> leaves, List<PresenceMember> updates) {

    /** Refuses missing parts and copies the lists. */
    public PresenceChange {
        Objects.requireNonNull(group, "group");
        joins = List.copyOf(joins);
        leaves = List.copyOf(leaves);
        updates = List.copyOf(updates);
    }

    boolean isEmpty() {
        return joins.isEmpty() && leaves.isEmpty() && updates.isEmpty();
    }
}
