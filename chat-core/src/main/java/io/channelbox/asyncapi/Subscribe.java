package io.channelbox.asyncapi;

import io.channelbox.message.TypeName;

/** What a peer sends to subscribe to a topic, as its codec would write it. */
@TypeName("subscribe")
record Subscribe() {}
