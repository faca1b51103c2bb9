package io.channelbox.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * What every message carries, as ASCII: a mark, then in hex digits the room (4), the sender (4), the sequence (8) and the nanosecond at which it was
 * meant to be sent (16), then {@code x} up to its size.
 */
final class Payload {

    static final int SMALLEST = 34;

    private static final byte MARK = '@';
    private static final int ROOM = 2;
    private static final int SENDER = 6;
    private static final int SEQUENCE = 10;
    private static final int STAMP = 18;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Payload() {}

    /** The name of a room. */
    static String room(int room) {
        return String.format("%04x", room);
    }

    /** The payload of a sender that has sent nothing yet. */
    static String template(int size, int room, int sender) {
        String head = "@@" + room(room) + String.format("%04x", sender) + "0".repeat(SMALLEST - SEQUENCE);
        return head + "x".repeat(size - SMALLEST);
    }

    /** Writes the digits of a sequence and its stamp, masked, over a payload that stands in a frame. */
    static void stamp(byte[] frame, int payload, int masked, int sequence, long stamp) {
        write(frame, payload + SEQUENCE, masked, sequence, STAMP - SEQUENCE);
        write(frame, payload + STAMP, masked, stamp, SMALLEST - STAMP);
    }

    private static void write(byte[] frame, int at, int masked, long value, int digits) {
        for (int i = 0; i < digits; i++) {
            int nibble = (int) (value >>> (4 * (digits - 1 - i))) & 0xf;
            frame[at + i] = (byte) (DIGITS[nibble] ^ Frames.maskAt(at + i - masked));
        }
    }

    /** Where the next payload begins, or -1. */
    static int find(byte[] bytes, int from, int to) {
        for (int i = from; i + SMALLEST <= to; i++) {
            if (bytes[i] == MARK && bytes[i + 1] == MARK) {
                return i;
            }
        }
        return -1;
    }

    static int room(byte[] bytes, int payload) {
        return (int) read(bytes, payload + ROOM, SENDER - ROOM);
    }

    static int sender(byte[] bytes, int payload) {
        return (int) read(bytes, payload + SENDER, SEQUENCE - SENDER);
    }

    static int sequence(byte[] bytes, int payload) {
        return (int) read(bytes, payload + SEQUENCE, STAMP - SEQUENCE);
    }

    static long stamp(byte[] bytes, int payload) {
        return read(bytes, payload + STAMP, SMALLEST - STAMP);
    }

    private static long read(byte[] bytes, int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = bytes[i];
            value = (value << 4) | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }
}
