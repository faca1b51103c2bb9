package io.channelbox.message;

import java.nio.ByteBuffer;

/**
 * One WebSocket message in its encoded form: text or binary. Immutable and safe to share, so one frame serves any number
 * of receivers.
 */
public sealed interface Frame permits TextFrame, BinaryFrame {

    /** Returns the frame of a text. A lone surrogate, which no WebSocket can carry, becomes U+FFFD. */
    static TextFrame text(String text) {
        return TextFrame.of(text);
    }

    /** Returns the text frame of bytes that are known to be UTF-8, as an encoder wrote them. The bytes are not copied: hand them over. */
    static TextFrame utf8(byte[] bytes) {
        return TextFrame.ofUtf8(bytes);
    }

    /** Returns the binary frame of a copy of the bytes. */
    static BinaryFrame binary(byte[] bytes) {
        return BinaryFrame.copyOf(bytes);
    }

    /** Returns the number of bytes of the payload on the wire, for a text frame those of its UTF-8 form. */
    int size();

    /** Returns a new read-only view of the payload, text as UTF-8. */
    ByteBuffer buffer();
}
