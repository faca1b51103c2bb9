package io.channelbox.asyncapi;

import io.channelbox.message.TypeName;

/** What a peer sends to end a subscription, as its codec would write it. */
@TypeName("unsubscribe")
record Unsubscribe() {}
