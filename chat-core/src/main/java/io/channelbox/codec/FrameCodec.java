package io.channelbox.codec;

import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.nio.ByteBuffer;

/** Frames as they come, text or binary: for a consumer that reads both. Text is written as text, bytes as bytes. */
public enum FrameCodec implements Codec<Frame> {
    /** The only one. */
    INSTANCE;

    @Override
    public String format() {
        return "frame";
    }

    @Override
    public Frame encode(Object payload) {
        if (payload instanceof Frame frame) {
            return frame;
        }
        if (payload instanceof Payload made) {
            return made.frame();
        }
        if (payload instanceof byte[] || payload instanceof ByteBuffer) {
            return BinaryCodec.PLAIN.encode(payload);
        }
        return TextCodec.PLAIN.encode(payload);
    }

    @Override
    public Frame decode(Frame frame) {
        return frame;
    }
}
