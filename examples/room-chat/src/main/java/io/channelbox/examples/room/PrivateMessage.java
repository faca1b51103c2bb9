package io.channelbox.examples.room;

import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.TypeName;
import java.time.Instant;

/** What one user tells another alone, as it is kept in the mail of each, and as the page is told; {@link Dialect} says how others are. */
sealed interface PrivateMessage {

    /** In the mail of who gets it. */
    @TypeName("private")
    record Received(String from, String content, Instant timestamp) implements PrivateMessage {}

    /** In the mail of who sent it, for their own pages. */
    @TypeName("private_copy")
    record Sent(String to, String content, Instant timestamp) implements PrivateMessage {}

    /** How it is kept. */
    TypedJsonCodec<PrivateMessage> KEPT = TypedJsonCodec.of(PrivateMessage.class, JsonStyle.DEFAULT);
}
