package io.channelbox.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import java.nio.charset.CharacterCodingException;

/** The JSON text of a frame, which may be a text frame or a binary one of UTF-8. */
final class JsonTexts {

    private JsonTexts() {}

    static String of(Frame frame) {
        if (frame instanceof TextFrame text) {
            return text.text();
        }
        try {
            return UTF_8.newDecoder().decode(((BinaryFrame) frame).buffer()).toString();
        } catch (CharacterCodingException e) {
            throw new PeerException(PeerException.MALFORMED, "the frame is not valid UTF-8", e);
        }
    }

    /** Returns a text as JSON has it. */
    static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"').toString();
    }
}
