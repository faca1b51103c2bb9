package io.channelbox.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of one group, and an unchanging picture of them for broadcasts, made anew after a change when next needed. */
final class GroupMembers {

    // Guarded by this. Nothing is called while it is held but Codec.format, for a new picture.
    private final Map<Channel, Membership> members = new LinkedHashMap<>(2);
    private boolean removed;
    // Written under this, read without: null after a change.
    private volatile @Nullable Snapshot snapshot;

    enum Added {
        AS_FIRST,
        TO_OTHERS,
        /** The last member has just left, and this object is out of use. */
        NOT_ANY_MORE
    }

    synchronized Added add(Membership membership) {
        if (removed) {
            return Added.NOT_ANY_MORE;
        }
        members.put(membership.channel(), membership);
        snapshot = null;
        return members.size() == 1 ? Added.AS_FIRST : Added.TO_OTHERS;
    }

    /** Takes a member out and tells whether nobody is left; then this object is out of use. */
    synchronized boolean removeAndTellIfEmpty(Membership membership) {
        members.remove(membership.channel(), membership);
        snapshot = null;
        removed = members.isEmpty();
        return removed;
    }

    Snapshot snapshot() {
        Snapshot current = snapshot;
        if (current != null) {
            return current;
        }
        synchronized (this) {
            Snapshot made = Snapshot.of(members.values());
            snapshot = made;
            return made;
        }
    }

    synchronized int size() {
        return members.size();
    }
}
