package io.channelbox.examples.room;

import java.time.Instant;

/** What one user tells another alone. This is how it is kept; {@link Dialect} says how it is sent. */
record PrivateMessage(String from, String content, Instant timestamp) {}
