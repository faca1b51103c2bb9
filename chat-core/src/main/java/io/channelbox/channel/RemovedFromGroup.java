package io.channelbox.channel;

import io.channelbox.message.GroupName;
import java.util.Objects;

/** The event a channel's consumer gets when somebody else has ended a membership of the channel. */
public record RemovedFromGroup(GroupName group) {

    /** Refuses missing parts. */
    public RemovedFromGroup {
        Objects.requireNonNull(group, "group");
    }
}
