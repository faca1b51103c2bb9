package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameParserTest {

    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0;

    private final List<String> heard = new ArrayList<>();
    private final FrameParser parser = new FrameParser(new Journal());
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    @Test
    void framesOfAllSizesAreFoundOneAfterAnother() {
        write(FINAL | Frames.TEXT, "a");
        write(FINAL | Frames.TEXT, "b".repeat(126));
        write(FINAL | Frames.TEXT, "c".repeat(70_000));

        assertEquals(wire.size(), parse(wire.size()));

        assertEquals(List.of("a", "b".repeat(126), "c".repeat(70_000)), heard);
    }

    @Test
    void aFrameThatIsNotHereAsAWholeWaits() {
        write(FINAL | Frames.TEXT, "whole");
        int whole = wire.size();
        write(FINAL | Frames.TEXT, "d".repeat(300));

        for (int end = whole; end < wire.size(); end++) {
            assertEquals(whole, parse(end));
        }
    }

    @Test
    void aTextInFragmentsIsOne() {
        write(Frames.TEXT, "some ");
        write(FINAL | Frames.PING, "!");
        write(FINAL | CONTINUATION, "text");

        parse(wire.size());

        assertEquals(List.of("ping !", "some text"), heard);
    }

    @Test
    void aCloseTellsItsCode() {
        write(FINAL | Frames.CLOSE, "AB");

        parse(wire.size());

        assertEquals(List.of("close " + 0x4142), heard);
    }

    private int parse(int end) {
        return parser.parse(wire.toByteArray(), 0, end);
    }

    private void write(int first, String text) {
        wire.write(first);
        if (text.length() <= 125) {
            wire.write(text.length());
        } else if (text.length() <= 0xffff) {
            wire.write(126);
            writeLength(text, 2);
        } else {
            wire.write(127);
            writeLength(text, 8);
        }
        wire.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void writeLength(String text, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            wire.write((int) ((long) text.length() >>> (8 * i)));
        }
    }

    private final class Journal implements FrameParser.Listener {

        @Override
        public void onText(byte[] bytes, int from, int to) {
            heard.add(text(bytes, from, to));
        }

        @Override
        public void onPing(byte[] bytes, int from, int to) {
            heard.add("ping " + text(bytes, from, to));
        }

        @Override
        public void onClose(int code) {
            heard.add("close " + code);
        }

        private static String text(byte[] bytes, int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }
    }
}
