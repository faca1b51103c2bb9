package io.channelbox.broker;

import io.channelbox.auth.User;
import io.channelbox.message.ChannelId;

/** One connection that a broadcast may reach, as far as a broadcast's options may look at it. */
public interface Recipient {

    /** Returns the id of the connection. */
    ChannelId id();

    /** Returns who is at the other end. */
    User user();
}
