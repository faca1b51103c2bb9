package io.channelbox.testkit;

import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.Codec;
import io.channelbox.codec.FrameCodec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TextCodec;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.testkit.Spoken.Drawn;
import io.channelbox.testkit.Spoken.Said;
import io.channelbox.testkit.Spoken.Shape;
import io.channelbox.testkit.Spoken.Waved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The codecs of the core, each as it is used. */
class CodecsTest {

    private static final JsonStyle STRICT = JsonStyle.DEFAULT
            .discriminator("action")
            .payloadIn("payload")
            .naming(Naming.SNAKE_CASE)
            .refusingUnknown();

    interface OfSpoken extends CodecContract<Spoken> {

        JsonStyle style();

        @Override
        default Codec<Spoken> newCodec() {
            return TypedJsonCodec.of(Spoken.class, style());
        }

        @Override
        default List<Spoken> messages() {
            return List.of(
                    new Said("grüße \uD83D\uDE00 \"q\" \\", Optional.of("lobby"), 7),
                    new Said("", Optional.empty(), Long.MIN_VALUE),
                    new Waved(),
                    new Drawn(
                            new Shape.Circle(1.5),
                            List.of(new Shape.Nothing(), new Shape.Dated(Instant.EPOCH)),
                            Map.of("k", new Shape.Circle(0))));
        }
    }

    @Nested
    class FlatMessages implements OfSpoken {
        @Override
        public JsonStyle style() {
            return JsonStyle.DEFAULT;
        }
    }

    @Nested
    class MessagesInAPayload implements OfSpoken {
        @Override
        public JsonStyle style() {
            return STRICT;
        }
    }

    @Nested
    class Records implements CodecContract<Said> {
        @Override
        public Codec<Said> newCodec() {
            return JsonCodec.of(Said.class);
        }

        @Override
        public List<Said> messages() {
            return List.of(new Said("a", Optional.empty(), 0), new Said("b", Optional.of("c"), 1));
        }
    }

    @Nested
    class AnyJson implements CodecContract<Object> {
        @Override
        public Codec<Object> newCodec() {
            return JsonCodec.of(Object.class);
        }

        @Override
        public List<Object> messages() {
            return List.of(Map.of("a", List.of(1, "b", true)), List.of(), "text", 7);
        }
    }

    @Nested
    class Text implements CodecContract<String> {
        @Override
        public Codec<String> newCodec() {
            return TextCodec.PLAIN;
        }

        @Override
        public List<String> messages() {
            return List.of("", "grüße \uD83D\uDE00");
        }
    }

    @Nested
    class Bytes implements CodecContract<byte[]> {
        @Override
        public Codec<byte[]> newCodec() {
            return BinaryCodec.PLAIN;
        }

        @Override
        public List<byte[]> messages() {
            return List.of(new byte[0], new byte[] {0, -1});
        }
    }

    @Nested
    class Frames implements CodecContract<Frame> {
        @Override
        public Codec<Frame> newCodec() {
            return FrameCodec.INSTANCE;
        }

        @Override
        public List<Frame> messages() {
            return List.of(Frame.text("a"), Frame.binary(new byte[] {1}));
        }
    }
}
