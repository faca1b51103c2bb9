package io.channelbox.presence;

import io.channelbox.message.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * What a peer is told of a change in a group. It applies to what the peer knew at the version before; who finds a hole asks for
 * the state. One that is reduced says all there is, and applies to whatever was known: where several wait for a peer that reads
 * slowly, only the latest is sent.
 *
 * @param version the number of this change
 * @param users how many people there are now
 * @param channels how many devices they use
 * @param joins who has come; absent where there are too many to name, like the others
 * @param leaves the ids of who has left
 * @param updates who has changed
 * @param reduced whether there are too many to name: names that were told are not true any more
 */
@TypeName("presence_diff")
public record PresenceDiff(
        long version,
        int users,
        int channels,
        Optional<List<PresenceState.Member>> joins,
        Optional<List<String>> leaves,
        Optional<List<PresenceState.Member>> updates,
        boolean reduced) {

    /** Refuses missing parts and copies the lists. */
    public PresenceDiff {
        joins = joins.map(List::copyOf);
        leaves = leaves.map(List::copyOf);
        updates = updates.map(List::copyOf);
    }
}
