package io.channelbox.benchmarks.servers.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Text frames as bytes, so that each is encoded once for all its readers. */
final class Frames {

    private static final int FINAL_TEXT = 0x81;
    private static final int LARGEST_IN_ONE_BYTE = 125;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LARGEST_HEADER = 4;

    private Frames() {}

    /** The frame of a text of at most 65,535 bytes. */
    static ByteBuf encode(ByteBuf text) {
        int length = text.readableBytes();
        ByteBuf frame = Unpooled.directBuffer(LARGEST_HEADER + length).writeByte(FINAL_TEXT);
        if (length <= LARGEST_IN_ONE_BYTE) {
            frame.writeByte(length);
        } else {
            frame.writeByte(LENGTH_IN_TWO_BYTES).writeShort(length);
        }
        return frame.writeBytes(text);
    }
}
