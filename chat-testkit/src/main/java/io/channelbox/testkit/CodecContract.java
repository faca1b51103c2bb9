package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Incoming;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import io.channelbox.message.JoinedText;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Codec} does. Implement it in a test class of your codec.
 *
 * @param <M> what the codec reads
 */
public interface CodecContract<M> {

    /** Returns a codec, a new one at each call. */
    Codec<M> newCodec();

    /** Returns some messages that it writes, and reads back as they were. At least one. */
    List<M> messages();

    /** Returns what the fuzzed frames are made from. A failure names it: return that to see it again. */
    default long seed() {
        return System.nanoTime();
    }

    @Test
    default void whatIsWrittenIsReadBack() {
        Codec<M> codec = newCodec();

        for (M message : messages()) {
            assertSameMessage(message, codec.decode(codec.encode(message)));
        }
    }

    @Test
    default void codecsOfOneFormatWriteTheSameFrames() {
        Codec<M> first = newCodec();
        Codec<M> second = newCodec();

        assertEquals(first.format(), second.format());
        for (M message : messages()) {
            assertEquals(first.encode(message), second.encode(message));
            assertEquals(first.encode(message), first.encode(message));
        }
    }

    @Test
    default void aPayloadOfItsOwnFormatIsItsFrameUnread() {
        Codec<M> codec = newCodec();
        boolean binary = codec.encode(messages().get(0)) instanceof BinaryFrame;
        Frame unreadable = binary ? Frame.binary(new byte[] {-1, 0}) : Frame.text("{ \u0000");

        assertSame(unreadable, codec.encode(new Payload(codec.format(), unreadable)));
    }

    @Test
    default void whatIsOpenedIsWhatIsDecoded() {
        Codec<M> codec = newCodec();

        for (M message : messages()) {
            assertSameMessage(message, codec.open(codec.encode(message)).message());
        }
    }

    @Test
    default void anEnvelopeChangesNoMessage() {
        Codec<M> codec = newCodec();
        Envelope around = Envelope.NONE.topic("room:1").ref("r1").seq(7).marked(Envelope.Mark.MINE);

        for (M message : messages()) {
            Frame written = codec.encode(message);
            Incoming<M> opened = codec.open(codec.wrap(written, around));

            assertSameMessage(message, opened.message());
            assertTrue(opened.ref().isEmpty() || opened.ref().equals(Optional.of("r1")));
            assertTrue(opened.topic().isEmpty() || opened.topic().equals(Optional.of("room:1")));
            assertEquals(written, codec.encode(message), "wrapping has changed what was written");
            assertEquals(written, codec.wrap(written, Envelope.NONE));
        }
    }

    @Test
    default void whoWritesJsonWritesNothingThatSeparatesMessages() {
        Codec<M> codec = newCodec();
        Envelope around = Envelope.NONE.topic("room:1\u001e").ref("r\u001e1");

        for (M message : messages()) {
            Frame written = codec.wrap(codec.encode(message), around);
            if (codec.writesJson() && written instanceof TextFrame text) {
                assertEquals(List.of(text.text()), JoinedText.split(text.text()));
            }
        }
    }

    @Test
    default void anyFrameAtAllIsReadOrRefused() {
        Codec<M> codec = newCodec();
        long seed = seed();
        var random = new SplittableRandom(seed);
        List<Frame> written = messages().stream().map(codec::encode).toList();

        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = Fuzz.bytes(written.get(random.nextInt(written.size())), random);
            String hint = "seed " + seed + ", frame " + i;
            assertReadOrRefused(codec, Frame.binary(bytes), hint);
            assertReadOrRefused(codec, Frame.text(new String(bytes, StandardCharsets.UTF_8)), hint);
        }
    }

    @Test
    default void manyThreadsUseOneCodec() throws InterruptedException, ExecutionException {
        Codec<M> codec = newCodec();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        try {
            for (int thread = 0; thread < 4; thread++) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 250; i++) {
                        messages().forEach(message -> assertSameMessage(message, codec.decode(codec.encode(message))));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertReadOrRefused(Codec<M> codec, Frame frame, String hint) {
        Object decoded = outcome(() -> codec.decode(frame), hint);
        Object opened = outcome(() -> codec.open(frame).message(), hint);

        assertTrue(Objects.deepEquals(decoded, opened), () -> hint + ": decoded " + decoded + ", opened " + opened);
    }

    /** Returns what was read, or the code it was refused with. */
    private static Object outcome(Supplier<?> reading, String hint) {
        try {
            return reading.get();
        } catch (PeerException refused) {
            return "refused: " + refused.code();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(hint + ": neither read nor refused", e);
        }
    }

    private static void assertSameMessage(Object expected, Object actual) {
        assertTrue(Objects.deepEquals(expected, actual), () -> "expected " + expected + ", was " + actual);
    }
}
