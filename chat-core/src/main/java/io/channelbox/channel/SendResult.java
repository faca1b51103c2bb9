package io.channelbox.channel;

/** What became of a frame for one channel. */
public enum SendResult {
    /** It is on its way, or waits for its turn. */
    QUEUED,
    /** Too much was waiting, and the policy is to drop the newest; or half as much was, and it was ephemeral. */
    DROPPED,
    /** The channel has ended, is closing, or is being closed because too much was waiting. */
    CLOSED,
    /** There is no channel with that id, or it is no member of the group. Only {@link ChannelBox#sendTo} and {@link Group#sendTo(Channel, Object)} answer this. */
    NO_SUCH_CHANNEL
}
