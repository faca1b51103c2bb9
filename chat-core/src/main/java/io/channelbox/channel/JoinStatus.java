package io.channelbox.channel;

/** What became of a channel's wish to join a group. */
public enum JoinStatus {
    /** It is a member now. */
    JOINED,
    /** It is a member now, and the first one. */
    GROUP_CREATED,
    /** It was a member before. */
    ALREADY_MEMBER,
    /** It has ended and can be no member. */
    CHANNEL_ENDED;

    /** Tells whether the channel is a member. */
    public boolean isMember() {
        return this != CHANNEL_ENDED;
    }
}
