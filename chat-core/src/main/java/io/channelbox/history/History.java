package io.channelbox.history;

import io.channelbox.message.GroupName;
import java.util.Set;

/**
 * What was said, to be read and to be forgotten. Every call may block and may be made by several threads at once; it throws
 * {@link io.channelbox.message.StoreException} when the store cannot be reached.
 */
public interface History {

    /** Returns a page of a group's messages. A group that nothing is known of has an empty one. */
    HistoryPage read(GroupName group, HistoryQuery query);

    /** Tells how much of a group's history there is. */
    HistoryStats stats(GroupName group);

    /** Returns the groups that messages are kept of, as a snapshot. */
    Set<GroupName> groups();

    /** Forgets what was said to a group. Positions go on from where they were. */
    void clear(GroupName group);

    /** Forgets what was said to all groups. */
    void clearAll();
}
