package io.channelbox.benchmarks.load;

import java.io.ByteArrayOutputStream;

/** Finds the frames of a server in what one connection has read, where they lie. */
final class FrameParser {

    /** Whom the frames are for. The bytes are theirs until they return. */
    interface Listener {

        void onText(byte[] bytes, int from, int to);

        void onPing(byte[] bytes, int from, int to);

        void onClose(int code);
    }

    private static final int NO_CODE = 1005;

    private final Listener listener;
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);

    FrameParser(Listener listener) {
        this.listener = listener;
    }

    /** Answers where the first frame begins that is not here as a whole. */
    int parse(byte[] bytes, int from, int to) {
        int at = from;
        while (true) {
            int content = contentOf(bytes, at, to);
            if (content < 0) {
                return at;
            }
            long end = content + lengthOf(bytes, at);
            if (end > to) {
                return at;
            }
            dispatch(bytes[at], bytes, content, (int) end);
            at = (int) end;
        }
    }

    private static int contentOf(byte[] bytes, int at, int to) {
        if (to - at < 2) {
            return -1;
        }
        int content = switch (bytes[at + 1]) {
            case 126 -> at + 4;
            case 127 -> at + 10;
            default -> at + 2;
        };
        return content <= to ? content : -1;
    }

    private static long lengthOf(byte[] bytes, int at) {
        return switch (bytes[at + 1]) {
            case 126 -> bigEndian(bytes, at + 2, 2);
            case 127 -> bigEndian(bytes, at + 2, 8);
            default -> bytes[at + 1];
        };
    }

    private static long bigEndian(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = at; i < at + count; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }

    private void dispatch(byte first, byte[] bytes, int from, int to) {
        boolean last = first < 0;
        int opcode = first & 0x0f;
        switch (opcode) {
            case Frames.CLOSE -> listener.onClose(to - from < 2 ? NO_CODE : (int) bigEndian(bytes, from, 2));
            case Frames.PING -> listener.onPing(bytes, from, to);
            case Frames.PONG -> {}
            default -> {
                if (last && fragments.size() == 0) {
                    listener.onText(bytes, from, to);
                } else {
                    assemble(bytes, from, to, last);
                }
            }
        }
    }

    private void assemble(byte[] bytes, int from, int to, boolean last) {
        fragments.write(bytes, from, to - from);
        if (last) {
            byte[] whole = fragments.toByteArray();
            fragments.reset();
            listener.onText(whole, 0, whole.length);
        }
    }
}
