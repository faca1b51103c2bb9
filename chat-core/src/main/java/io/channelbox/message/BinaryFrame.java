package io.channelbox.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** A binary WebSocket message. */
public final class BinaryFrame implements Frame {

    private final byte[] bytes;

    private BinaryFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    static BinaryFrame copyOf(byte[] bytes) {
        return new BinaryFrame(Objects.requireNonNull(bytes, "bytes").clone());
    }

    /** Returns a copy of the payload. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryFrame that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the size only: contents do not belong in logs. */
    @Override
    public String toString() {
        return "binary frame of " + bytes.length + " bytes";
    }
}
