package io.channelbox.jakarta.websocket;

import io.channelbox.message.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one connection's messages together and counts their bytes, because no two containers count alike. Called
 * by one container thread at a time.
 */
final class Assembler {

    private final int largestMessage;
    private long size;
    private boolean tooBig;
    private @Nullable StringBuilder text; // made for messages that come in parts, and forgotten after each
    private @Nullable ByteArrayOutputStream bytes;

    Assembler(int largestMessage) {
        this.largestMessage = largestMessage;
    }

    /** Tells whether a message was larger than may be. From then on nothing is kept. */
    boolean isTooBig() {
        return tooBig;
    }

    /** Takes a part of a text and returns the message when that is whole. */
    Optional<Frame> text(String part, boolean last) {
        if (exceeds(utf8Length(part))) {
            return Optional.empty();
        }
        if (last && text == null) {
            return whole(Frame.text(part));
        }
        if (text == null) {
            text = new StringBuilder(part.length() * 2);
        }
        text.append(part);
        return last ? whole(Frame.text(text.toString())) : Optional.empty();
    }

    /** Takes a part of a binary message and returns the message when that is whole. */
    Optional<Frame> binary(ByteBuffer part, boolean last) {
        if (exceeds(part.remaining())) {
            return Optional.empty();
        }
        var content = new byte[part.remaining()];
        part.get(content);
        if (last && bytes == null) {
            return whole(Frame.binary(content));
        }
        if (bytes == null) {
            bytes = new ByteArrayOutputStream(content.length * 2);
        }
        bytes.writeBytes(content);
        return last ? whole(Frame.binary(bytes.toByteArray())) : Optional.empty();
    }

    private boolean exceeds(long more) {
        size += more;
        if (size > largestMessage) {
            tooBig = true;
            forget();
        }
        return tooBig;
    }

    private Optional<Frame> whole(Frame frame) {
        size = 0;
        forget();
        return Optional.of(frame);
    }

    private void forget() {
        text = null;
        bytes = null;
    }

    /** Counts each half of a surrogate pair as two of its four bytes, so a pair may be split between two parts. */
    private static long utf8Length(String part) {
        long length = part.length();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }
}
