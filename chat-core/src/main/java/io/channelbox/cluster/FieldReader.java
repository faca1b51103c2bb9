package io.channelbox.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Reads what a {@link FieldWriter} has written; whatever else it is given is refused, and nothing is believed of it. */
final class FieldReader {

    private final ByteBuffer in;

    /**
     * Begins to read.
     *
     * @throws MalformedEnvelopeException when it is of another version
     */
    FieldReader(int version, byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
        int found = in.hasRemaining() ? in.get() : 0;
        if (found != version) {
            throw new MalformedEnvelopeException("its version is " + found + ", and " + version + " is understood");
        }
    }

    /** Takes the fields one by one. */
    @FunctionalInterface
    interface Taker {
        void take(int tag, Value value);
    }

    void forEach(Taker taker) {
        while (in.hasRemaining()) {
            int tag = in.get();
            int length = length();
            if (length > in.remaining()) {
                throw new MalformedEnvelopeException("it ends too soon");
            }
            taker.take(tag, new Value(in.slice(in.position(), length)));
            in.position(in.position() + length);
        }
    }

    private int length() {
        int value = 0;
        for (int shift = 0; shift < 32 && in.hasRemaining(); shift += 7) {
            int next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                if (value < 0) {
                    break;
                }
                return value;
            }
        }
        throw new MalformedEnvelopeException("a length is none");
    }

    /** What stands in a field. */
    record Value(ByteBuffer buffer) {

        byte[] bytes() {
            return Envelopes.copy(buffer.duplicate());
        }

        String text() {
            return UTF_8.decode(buffer.duplicate()).toString();
        }

        long number() {
            return sized(Long.BYTES).getLong();
        }

        UUID uuid() {
            ByteBuffer both = sized(2 * Long.BYTES);
            return new UUID(both.getLong(), both.getLong());
        }

        private ByteBuffer sized(int bytes) {
            if (buffer.remaining() != bytes) {
                throw new MalformedEnvelopeException("a field has not its size");
            }
            return buffer.duplicate();
        }
    }
}
