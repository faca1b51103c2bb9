package io.channelbox.consumer;

import io.channelbox.message.TypeName;

/** Tells a peer that it is subscribed to the topic of the envelope. */
@TypeName("subscribed")
public record Subscribed() {}
