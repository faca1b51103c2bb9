package io.channelbox.channel;

/** What became of a channel's wish to leave a group. */
public enum LeaveStatus {
    /** It is no member any more; others are. */
    LEFT,
    /** It is no member any more, and was the last one. */
    GROUP_REMOVED,
    /** It was no member of this group, which others are in. */
    NOT_A_MEMBER,
    /** Nobody is in such a group. */
    NO_SUCH_GROUP
}
