package io.channelbox.testkit;

import io.channelbox.message.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Frames as no honest peer sends them: real ones with something changed, and noise. */
final class Fuzz {

    // What parsers stumble over.
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            ":",
            ",",
            "null",
            "true",
            "-",
            "0",
            "1e400",
            "9999999999999",
            "{}",
            "[]",
            "\"\"",
            "{\"a\":",
            "\u0000",
            "\uFEFF",
            " ",
            "\n",
            "NaN",
            "'",
            "//",
            "[".repeat(200));

    private Fuzz() {}

    static byte[] bytes(Frame real, SplittableRandom random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = new byte[real.size()];
        real.buffer().get(bytes);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(8));
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> replaced(bytes, from, to, new byte[0]);
            case 2 -> replaced(bytes, from, to, new byte[] {(byte) random.nextInt(256)});
            default -> replaced(bytes, from, to, piece(random));
        };
    }

    private static byte[] piece(SplittableRandom random) {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }
}
