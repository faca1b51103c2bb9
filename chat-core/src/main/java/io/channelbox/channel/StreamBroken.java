package io.channelbox.channel;

import io.channelbox.message.GroupName;
import java.util.Objects;

/**
 * The event a channel's consumer gets when what the channel had missed could not be read to its end, which has ended its
 * membership. It has been told everything up to some message, and can come back for the rest.
 */
public record StreamBroken(GroupName group) {

    /** Refuses missing parts. */
    public StreamBroken {
        Objects.requireNonNull(group, "group");
    }
}
