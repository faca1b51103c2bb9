package io.channelbox.channel;

import io.channelbox.broker.PublishOptions;
import io.channelbox.message.GroupName;
import java.util.function.Function;

/** For consumers: what a handle of a group broadcasts passes through here, so that it can be told which frame of a peer led to it. */
@FunctionalInterface
public interface Speech {

    /** Says it as it is. */
    Speech PLAIN = (group, options, broadcast) -> broadcast.apply(options);

    /** Says something to a group, once, with these options or others, and returns what became of it. */
    BroadcastResult say(GroupName group, PublishOptions options, Function<PublishOptions, BroadcastResult> broadcast);
}
