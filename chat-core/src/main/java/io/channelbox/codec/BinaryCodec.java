package io.channelbox.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;

/** Bytes as they are. Text frames are not read. */
public final class BinaryCodec implements Codec<byte[]> {

    /** Writes byte arrays, byte buffers, and text as UTF-8; refuses everything else. */
    public static final BinaryCodec PLAIN = new BinaryCodec("binary", BinaryCodec::bytesOf);

    private final String format;
    private final Function<Object, byte[]> writer;

    private BinaryCodec(String format, Function<Object, byte[]> writer) {
        this.format = format;
        this.writer = writer;
    }

    /** Returns a codec that writes objects with this function. The format must be a name that no other codec of the box has. */
    public static BinaryCodec of(String format, Function<Object, byte[]> writer) {
        return new BinaryCodec(Objects.requireNonNull(format, "format"), Objects.requireNonNull(writer, "writer"));
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Frame encode(Object payload) {
        if (payload instanceof Payload made && made.frame() instanceof BinaryFrame frame) {
            return frame;
        }
        return Frame.binary(writer.apply(payload));
    }

    @Override
    public byte[] decode(Frame frame) {
        if (frame instanceof BinaryFrame binary) {
            return binary.bytes();
        }
        throw new UnsupportedFrameException("only binary frames are read here");
    }

    private static byte[] bytesOf(Object payload) {
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (payload instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        if (payload instanceof CharSequence text) {
            return text.toString().getBytes(UTF_8);
        }
        if (payload instanceof Payload made) {
            byte[] bytes = new byte[made.frame().size()];
            made.frame().buffer().get(bytes);
            return bytes;
        }
        throw new IllegalArgumentException("BinaryCodec.PLAIN cannot write "
                + payload.getClass().getName()
                + ". Say how: BinaryCodec.of(\"my-format\", payload -> ...)");
    }
}
