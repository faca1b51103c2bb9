package io.channelbox.message;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Several messages in one text frame, as the subprotocol {@code channelbox.v1} has them: with a record separator, U+001E, between
 * two. A JSON text has none in it, so each message can be told from the next without being read.
 */
public final class JoinedText {

    /** What stands between two messages; one byte. */
    public static final char SEPARATOR = '\u001e';

    private JoinedText() {}

    /** Returns the frame of a message that is alone: itself, but for a separator in it, which becomes a space. */
    public static TextFrame of(TextFrame message) {
        return message.withoutSeparators();
    }

    /**
     * Returns one frame with all of these. A separator within a message, which only what is no JSON can have, becomes a space: it
     * would make two messages of one.
     *
     * @throws IllegalArgumentException when there is nothing to join
     */
    public static TextFrame of(List<TextFrame> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("at least one message is needed, there was none");
        }
        if (messages.size() == 1) {
            return of(messages.get(0));
        }
        ByteBuffer joined =
                ByteBuffer.allocate(sizeOf(messages)).put(of(messages.get(0)).utf8());
        for (TextFrame message : messages.subList(1, messages.size())) {
            joined.put((byte) SEPARATOR).put(of(message).utf8());
        }
        return TextFrame.ofUtf8(joined.array());
    }

    private static int sizeOf(List<TextFrame> messages) {
        int size = messages.size() - 1;
        for (TextFrame message : messages) {
            size = Math.addExact(size, message.size());
        }
        return size;
    }

    /** Returns the messages of a frame's text, in their order. */
    public static List<String> split(String text) {
        return List.of(requireNonNull(text, "text").split(String.valueOf(SEPARATOR), -1));
    }
}
