package io.channelbox.containers;

import static io.channelbox.containers.RawClient.COMPRESSED;
import static io.channelbox.containers.RawClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.consumer.ConsumerOptions;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** When messages are compressed, and what those may be that are. */
interface CompressionSuite extends Fixture {

    /** What a client offers that can compress. */
    String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

    @Test
    default void nothingIsCompressedUnlessTheMountAllowsIt() throws Exception {
        assertEquals("", agreed("/desk"));
    }

    @Test
    default void aClientThatOffersNoCompressionIsSentNone() throws Exception {
        try (RawClient ann = raw("/packed")) {
            ann.send("x".repeat(5_000));

            assertEquals("Echo: " + "x".repeat(5_000), ann.text());
        }
    }

    @Test
    default void whatIsAgreedOnIsCompressedBothWays() throws Exception {
        if (quirks().contains(Quirk.COMPRESSES_NOTHING)) {
            assertEquals("", agreed("/packed"));
            return;
        }
        assertTrue(agreed("/packed").startsWith("permessage-deflate"), agreed("/packed"));
        try (RawClient ann = raw("/packed", OFFER)) {
            for (int i = 0; i < 3; i++) {
                String text = i + "x".repeat(5_000);
                ann.send(true, TEXT | COMPRESSED, deflated(text.getBytes(UTF_8)));

                RawClient.RawFrame answer = ann.next();
                assertTrue(answer.compressed());
                if (i == 0) { // the later ones refer to it, if the container remembers
                    assertEquals("Echo: " + text, inflated(answer.payload()));
                }
            }
        }
    }

    /** The bomb is a thousandth of what comes out of it. */
    @Test
    default void aMessageThatIsTooLargeInflatedClosesWith1009() throws Exception {
        if (quirks().contains(Quirk.COMPRESSES_NOTHING)) {
            return;
        }
        String id = newId();
        try (RawClient ann = raw("/packed?id=" + id, OFFER)) {
            ann.send(true, TEXT | COMPRESSED, deflated(bytes(64 << 20)));

            assertEquals(1009, journal().end(id).code());
            assertEquals(0, ann.framesUntilClosed());
        }
    }

    @Test
    default void aMessageOfTheLargestSizeInflatedPasses() throws Exception {
        if (quirks().contains(Quirk.COMPRESSES_NOTHING)) {
            return;
        }
        int largest = ConsumerOptions.DEFAULT.largestMessage();
        try (RawClient ann = raw("/packed", OFFER)) {
            ann.send(true, TEXT | COMPRESSED, deflated(("length " + "x".repeat(largest - 7)).getBytes(UTF_8)));

            RawClient.RawFrame answer = ann.next();
            String text = answer.compressed() ? inflated(answer.payload()) : new String(answer.payload(), UTF_8);
            assertEquals(Integer.toString(largest), text);
        }
    }

    private String agreed(String path) throws Exception {
        return RawClient.ask(server().at(path), OFFER).header("Sec-WebSocket-Extensions");
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    /** As RFC 7692 has it: without the four bytes at the end that are always the same. */
    private static byte[] deflated(byte[] content) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(content);
        var all = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            all.write(buffer, 0, count);
        } while (count == buffer.length);
        deflater.end();
        return Arrays.copyOf(all.toByteArray(), all.size() - 4);
    }

    private static String inflated(byte[] content) throws DataFormatException {
        var inflater = new Inflater(true);
        byte[] whole = Arrays.copyOf(content, content.length + 4);
        whole[content.length + 2] = (byte) 0xFF;
        whole[content.length + 3] = (byte) 0xFF;
        inflater.setInput(whole);
        var buffer = new byte[16_384];
        int count = inflater.inflate(buffer);
        inflater.end();
        return new String(buffer, 0, count, UTF_8);
    }
}
