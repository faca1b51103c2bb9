package io.channelbox.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** WebSocket frames as a client sends them: final, and masked with always the same key. */
final class Frames {

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] KEY = {0x37, 0x5a, 0x1c, 0x66};
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LARGEST_IN_ONE_BYTE = 125;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LARGEST = 0xffff;

    private Frames() {}

    /** What a byte is masked with, by its place in the content. */
    static byte maskAt(int index) {
        return KEY[index & 3];
    }

    static byte[] text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame of at most 65,535 bytes. */
    static byte[] frame(int opcode, byte[] content) {
        if (content.length > LARGEST) {
            throw new IllegalArgumentException("a frame must be at most " + LARGEST + " bytes, was " + content.length);
        }
        ByteBuffer frame = ByteBuffer.allocate(headerOf(content.length) + content.length);
        frame.put((byte) (FINAL | opcode));
        if (content.length <= LARGEST_IN_ONE_BYTE) {
            frame.put((byte) (MASKED | content.length));
        } else {
            frame.put((byte) (MASKED | LENGTH_IN_TWO_BYTES)).putShort((short) content.length);
        }
        frame.put(KEY);
        for (int i = 0; i < content.length; i++) {
            frame.put((byte) (content[i] ^ maskAt(i)));
        }
        return frame.array();
    }

    /** How many bytes stand before so much content. */
    static int headerOf(int content) {
        return (content <= LARGEST_IN_ONE_BYTE ? 2 : 4) + KEY.length;
    }
}
