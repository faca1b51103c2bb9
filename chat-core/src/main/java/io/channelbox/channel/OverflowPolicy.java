package io.channelbox.channel;

/** What happens when more would wait for a channel than may. */
public enum OverflowPolicy {
    /** The channel is closed with {@link CloseStatus#TOO_SLOW}, and its client can come back and catch up. */
    CLOSE,
    /** The frames that have waited longest make room. */
    DROP_OLDEST,
    /** The new frame is dropped. */
    DROP_NEWEST
}
