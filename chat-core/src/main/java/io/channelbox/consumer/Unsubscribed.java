package io.channelbox.consumer;

import io.channelbox.message.TypeName;

/** Tells a peer that it is not, or no longer, subscribed to the topic of the envelope. */
@TypeName("unsubscribed")
public record Unsubscribed() {}
