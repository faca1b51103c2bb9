package io.channelbox.redis;

import io.channelbox.message.MessageId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;

/** What a release wrote that knew only what every message has, and something that was given up since. */
final class OlderRelease {

    private static final int VERSION = 1;
    private static final int ID = 1;
    private static final int SENT_AT = 2;
    private static final int FORMAT = 3;
    private static final int TEXT = 4;
    private static final int GIVEN_UP = 120;

    private OlderRelease() {}

    static byte[] envelope(String said) {
        var out = new ByteArrayOutputStream();
        Instant now = Instant.now();
        MessageId id = MessageId.at(now);
        out.write(VERSION);
        field(
                out,
                ID,
                ByteBuffer.allocate(16)
                        .putLong(id.value().getMostSignificantBits())
                        .putLong(id.value().getLeastSignificantBits())
                        .array());
        field(out, SENT_AT, ByteBuffer.allocate(8).putLong(now.getEpochSecond()).array());
        field(out, SENT_AT, ByteBuffer.allocate(8).putLong(now.getNano()).array());
        field(out, GIVEN_UP, Bytes.of("whatever it was"));
        field(out, FORMAT, Bytes.of(ChatNode.format()));
        field(out, TEXT, Bytes.of("{\"type\":\"said\",\"payload\":{\"text\":\"" + said + "\"}}"));
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int tag, byte[] value) {
        out.write(tag);
        out.write(value.length);
        out.writeBytes(value);
    }

    /** Returns what it published that was not kept. */
    static byte[] told(String said) {
        var out = new ByteArrayOutputStream();
        out.write('T');
        out.writeBytes(envelope(said));
        return out.toByteArray();
    }
}
