package io.channelbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import java.util.List;

/**
 * Bytes that a fuzzer thinks of. In the build, those it found worth keeping are tried again; with {@code -Pfuzz} it looks for more.
 */
class CodecFuzzTest {

    private static final Envelope AROUND = Envelope.NONE.topic("t").ref("r").seq(1);

    private final List<Codec<?>> codecs = List.of(
            TypedJsonCodec.of(Spoken.class, JsonStyle.DEFAULT),
            TypedJsonCodec.of(
                    Spoken.class,
                    JsonStyle.DEFAULT
                            .discriminator("action")
                            .payloadIn("payload")
                            .naming(Naming.SNAKE_CASE)
                            .refusingUnknown()),
            JsonCodec.of(Object.class),
            JsonCodec.of(Spoken.Said.class));

    @FuzzTest(maxDuration = "3m")
    void anyBytesAreReadOrRefused(byte[] bytes) {
        Frame text = Frame.text(new String(bytes, UTF_8));
        for (Codec<?> codec : codecs) {
            readOrRefused(codec, text);
            readOrRefused(codec, Frame.binary(bytes));
        }
    }

    /** What was read can be written, and is read again as it was. */
    private static <M> void readOrRefused(Codec<M> codec, Frame frame) {
        M message;
        try {
            message = codec.open(frame).message();
        } catch (PeerException refused) {
            return;
        }
        Frame written = codec.encode(message);
        assertEquals(written, codec.encode(codec.open(written).message()));
        assertEquals(
                written, codec.encode(codec.open(codec.wrap(written, AROUND)).message()));
    }
}
