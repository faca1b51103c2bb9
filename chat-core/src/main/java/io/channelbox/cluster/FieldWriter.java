package io.channelbox.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Writes a version, and fields one behind the other: a tag, the number of bytes, the bytes.
 *
 * <p>What a later release adds takes a tag that was never given out: an earlier one passes over it, and does the rest. What it must not
 * pass over takes another version: an earlier release refuses all of it, and counts it.
 */
final class FieldWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    FieldWriter(int version) {
        out.write(version);
    }

    void flag(int tag) {
        bytes(tag, ByteBuffer.allocate(0));
    }

    void number(int tag, long value) {
        bytes(tag, ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    }

    void uuid(int tag, UUID value) {
        bytes(
                tag,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits())
                        .flip());
    }

    void text(int tag, String value) {
        bytes(tag, ByteBuffer.wrap(value.getBytes(UTF_8)));
    }

    void bytes(int tag, ByteBuffer value) {
        out.write(tag);
        length(value.remaining());
        if (value.hasArray()) {
            out.write(value.array(), value.arrayOffset() + value.position(), value.remaining());
        } else {
            out.writeBytes(Envelopes.copy(value));
        }
    }

    /** Seven bits in a byte, the lowest first; the highest bit says that there are more. */
    private void length(int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
