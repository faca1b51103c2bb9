package io.channelbox.consumer;

import io.channelbox.message.TypeName;

/** Answers the {@code ping} of a peer that wants to know whether its connection still works, see {@link TopicHub}. */
@TypeName("pong")
public record Pong() {}
