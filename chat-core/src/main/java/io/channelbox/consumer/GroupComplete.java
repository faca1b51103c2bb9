package io.channelbox.consumer;

import io.channelbox.message.TypeName;

/** Tells a peer that the frame before came from a group. See {@link ConsumerOptions#tellingCompletion()}. */
@TypeName("group_complete")
public record GroupComplete() {}
