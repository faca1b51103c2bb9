package io.channelbox.codec;

import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import io.channelbox.message.TextFrame;
import java.util.Objects;
import java.util.function.Function;

/** Plain text, one line or many per frame. Binary frames are not read. */
public final class TextCodec implements Codec<String> {

    /** Writes any object as its {@code toString()} says it. */
    public static final TextCodec PLAIN = new TextCodec("text", Object::toString);

    private final String format;
    private final Function<Object, String> writer;

    private TextCodec(String format, Function<Object, String> writer) {
        this.format = format;
        this.writer = writer;
    }

    /** Returns a codec that writes objects with this function. The format must be a name that no other codec of the box has. */
    public static TextCodec of(String format, Function<Object, String> writer) {
        return new TextCodec(Objects.requireNonNull(format, "format"), Objects.requireNonNull(writer, "writer"));
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Frame encode(Object payload) {
        if (payload instanceof Payload made && made.frame() instanceof TextFrame frame) {
            return frame;
        }
        return Frame.text(writer.apply(payload));
    }

    @Override
    public String decode(Frame frame) {
        if (frame instanceof TextFrame text) {
            return text.text();
        }
        throw new UnsupportedFrameException("only text frames are read here");
    }
}
