package io.channelbox.presence;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is here, on all nodes. Each verb is one step: whatever comes at the same time comes before or after it. All may be called on
 * any thread and may block; none is called while a lock is held. A store that cannot do its work throws a
 * {@link io.channelbox.message.StoreException}.
 */
public interface PresenceStore {

    /**
     * Adds an entry, unless its name is taken by another user of the group and may not be. The entry becomes one of its user's: it
     * takes their status, and, when they are in the group already, the time they came; entries of theirs that were kept
     * for the grace time are removed, and so is an earlier entry of the same channel.
     */
    Joined join(PresenceEntry entry, NamePolicy names);

    /**
     * Takes an entry away. With a time, the last entry of a user in a group is kept in place of that, as left at this time. An entry
     * that is kept is taken away without a time.
     */
    Left leave(PresenceEntry entry, Optional<Instant> keptAsLeftAt);

    /** Says whether the device is active. Nothing happens when there is no such entry any more. */
    void active(PresenceEntry entry, boolean active);

    /** Says what a user has said of themselves, for all entries there are and all that come while there is one. Answers false when there is none. */
    boolean status(UserId user, UserStatus status);

    /** Returns all entries of a group, those of each user in the order they came. */
    List<PresenceEntry> read(GroupName group);

    /** Returns the entries of a user in a group, in the order they came. */
    List<PresenceEntry> read(GroupName group, UserId user);

    /** Returns the entries of these users in a group as the other one does for each; a user who has none is missing. */
    default Map<UserId, List<PresenceEntry>> read(GroupName group, Collection<UserId> users) {
        Map<UserId, List<PresenceEntry>> found = new LinkedHashMap<>();
        for (UserId user : users) {
            List<PresenceEntry> entries = read(group, user);
            if (!entries.isEmpty()) {
                found.put(user, entries);
            }
        }
        return found;
    }

    /**
     * Returns of each of these groups a number, not zero, which is another one after anything in it has changed; groups that nobody is in may
     * be missing. Nodes ask it of many groups, again and again, to find what they did not hear of: a store of several processes should
     * know it without looking at who is there.
     */
    default Map<GroupName, Long> versions(Collection<GroupName> groups) {
        Map<GroupName, Long> versions = new HashMap<>();
        for (GroupName group : groups) {
            List<PresenceEntry> entries = read(group);
            if (!entries.isEmpty()) {
                versions.put(group, entries.hashCode() | 1L << Integer.SIZE);
            }
        }
        return versions;
    }

    /** Returns the entries of a user in all groups. */
    List<PresenceEntry> read(UserId user);

    /**
     * Takes away the entries of a node that is gone, and returns them: those whose {@link PresenceEntry#node} is this name, or begins
     * with it and a slash. When it can no longer go on it may return a part: there may be more until it returns none. A
     * {@link Presence} calls it for itself when it is closed, and for a node when its box learns that it is gone. Who shares a
     * store between processes without a cluster calls it for a process that has ended without closing: nothing else removes its
     * entries.
     */
    List<PresenceEntry> removeNode(String node);

    /**
     * What became of an entry that was to be added.
     *
     * @param accepted false when the name is taken; then nothing has changed
     * @param replaced what was taken away for it, of other users with the same name
     */
    record Joined(boolean accepted, List<PresenceEntry> replaced) {

        /** Copies the list. */
        public Joined {
            replaced = List.copyOf(replaced);
        }
    }

    /** What became of an entry that was to be taken away. */
    enum Left {
        /** It was taken away. */
        GONE,
        /** It is kept, as the last of its user in the group. */
        KEPT,
        /** There was no such entry any more. */
        UNKNOWN
    }
}
