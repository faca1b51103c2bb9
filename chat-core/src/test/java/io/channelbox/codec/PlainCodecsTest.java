package io.channelbox.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Text, bytes and frames as they are, and the content that is written once per format. */
class PlainCodecsTest {

    private static final Frame TEXT = Frame.text("é");
    private static final Frame BYTES = Frame.binary(new byte[] {1, 2});

    @Test
    void textIsReadAndWrittenAsItIs() {
        assertEquals("é", TextCodec.PLAIN.decode(TEXT));
        assertEquals(TEXT, TextCodec.PLAIN.encode("é"));
        assertEquals(Frame.text("7"), TextCodec.PLAIN.encode(7));
        assertThrows(UnsupportedFrameException.class, () -> TextCodec.PLAIN.decode(BYTES));
    }

    @Test
    void bytesAreReadAndWrittenAsTheyAre() {
        assertArrayEquals(new byte[] {1, 2}, BinaryCodec.PLAIN.decode(BYTES));
        assertEquals(BYTES, BinaryCodec.PLAIN.encode(new byte[] {1, 2}));
        assertEquals(Frame.binary("é".getBytes(UTF_8)), BinaryCodec.PLAIN.encode("é"));
        assertThrows(UnsupportedFrameException.class, () -> BinaryCodec.PLAIN.decode(TEXT));
    }

    @Test
    void aByteBufferIsWrittenFromWhereItStandsAndStaysThere() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2});
        buffer.get();

        assertEquals(BYTES, BinaryCodec.PLAIN.encode(buffer));
        assertEquals(2, buffer.remaining());
    }

    @Test
    void whatBytesCannotSayIsRefusedWithTheCure() {
        var refused = assertThrows(IllegalArgumentException.class, () -> BinaryCodec.PLAIN.encode(Map.of()));

        assertTrue(String.valueOf(refused.getMessage()).contains("BinaryCodec.of"));
    }

    @Test
    void aWriterOfYourOwnIsUsed() {
        assertEquals(
                Frame.text("<7>"),
                TextCodec.of("angled", payload -> "<" + payload + ">").encode(7));
        assertEquals(BYTES, BinaryCodec.of("pair", payload -> new byte[] {1, 2}).encode("x"));
    }

    @Test
    void framesPassAsTheyComeAndObjectsBecomeWhatTheyAre() {
        assertSame(TEXT, FrameCodec.INSTANCE.decode(TEXT));
        assertSame(BYTES, FrameCodec.INSTANCE.decode(BYTES));
        assertSame(BYTES, FrameCodec.INSTANCE.encode(BYTES));
        assertEquals(TEXT, FrameCodec.INSTANCE.encode("é"));
        assertEquals(BYTES, FrameCodec.INSTANCE.encode(new byte[] {1, 2}));
        assertSame(BYTES, FrameCodec.INSTANCE.encode(new Payload("any", BYTES)));
    }

    @Test
    void aKeptPayloadIsWrittenUnread() {
        assertSame(TEXT, TextCodec.PLAIN.encode(new Payload("text", TEXT)));
        assertSame(BYTES, BinaryCodec.PLAIN.encode(new Payload("binary", BYTES)));
        assertEquals(Frame.binary("é".getBytes(UTF_8)), BinaryCodec.PLAIN.encode(new Payload("text", TEXT)));
    }

    @Test
    void contentIsWrittenOncePerFormat() {
        var written = new AtomicInteger();
        TextCodec first = TextCodec.of("same", payload -> payload + " " + written.incrementAndGet());
        TextCodec second = TextCodec.of("same", payload -> "never");
        Content content = Content.of("x");

        Frame frame = content.in(first);

        assertSame(frame, content.in(second));
        assertEquals(Frame.text("x"), content.in(TextCodec.PLAIN));
        assertSame(frame, content.in(first));
        assertEquals(1, written.get());
    }

    @Test
    void anObjectIsKeptInTheFormatOfTheCodec() {
        TextCodec codec = TextCodec.of("own", payload -> "number " + payload);

        assertEquals(new Payload("own", Frame.text("number 7")), Content.of(7).payloadIn(codec));
    }

    @Test
    void textIsKeptAsTextAndAFrameAsAFrameWhateverTheCodec() {
        TextCodec json = TextCodec.of("json", payload -> "{}");
        var made = new Payload("json", TEXT);

        assertEquals(
                new Payload("text", Frame.text("hello")), Content.of("hello").payloadIn(json));
        assertEquals(new Payload("frame", TEXT), Content.of(TEXT).payloadIn(json));
        assertSame(made, Content.of(made).payloadIn(json));
    }

    @Test
    void aFrameGoesToEveryoneAsItIs() {
        Content content = Content.of(BYTES);

        assertSame(BYTES, content.in(TextCodec.PLAIN));
        assertSame(BYTES, content.in(JsonCodec.of(Object.class)));
    }

    @Test
    void onlyWhatWritesJsonSaysSo() {
        assertTrue(JsonCodec.of(Object.class).writesJson());
        assertTrue(TypedJsonCodec.ofTypes(JsonStyle.DEFAULT).writesJson());
        assertFalse(TextCodec.PLAIN.writesJson());
        assertFalse(TextCodec.of("json", payload -> "{}").writesJson());
        assertFalse(BinaryCodec.PLAIN.writesJson());
        assertFalse(FrameCodec.INSTANCE.writesJson());
    }
}
