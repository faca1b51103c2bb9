package io.channelbox.examples.typed;

import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How this chat writes: {@code {"action":"user_joined","payload":{"room_name":"Lobby"}}}. */
final class Dialect {

    static final JsonStyle STYLE =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private Dialect() {}

    /** Returns a moment to the microsecond, with its offset: {@code 2026-01-02T03:04:05.678901+00:00}. */
    static String timestamp(Instant moment) {
        return TIME.format(moment);
    }
}
