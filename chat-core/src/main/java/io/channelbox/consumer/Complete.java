package io.channelbox.consumer;

import io.channelbox.message.TypeName;

/** Tells a peer that everything its frame led to on this connection has been sent. See {@link ConsumerOptions#tellingCompletion()}. */
@TypeName("complete")
public record Complete() {}
