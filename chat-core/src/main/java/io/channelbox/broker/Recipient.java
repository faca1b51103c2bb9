package io.channelbox.broker;

import io.channelbox.auth.User;
import io.channelbox.message.ChannelId;

/** One connection that a broadcast may reach, as far as a broadcast's options may look at it. */
public interface Recipient {

    /** Returns the id of the connection. */
    ChannelId id();

    /** Returns who is at the other end. */
    User user();

    /** Returns the format that the connection speaks, as its {@link io.channelbox.codec.Codec#format} names it. */
    String format();
}
