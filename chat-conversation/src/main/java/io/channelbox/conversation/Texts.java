package io.channelbox.conversation;

import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import java.util.List;

/** The rules for what people write. */
final class Texts {

    private Texts() {}

    /** Returns a text of several lines, as it is. */
    static String text(String place, String text, int longest) {
        if (isEmpty(text)) {
            throw refusal(place, "must not be empty");
        }
        if (text.length() > longest) {
            throw refusal(place, "must have at most " + longest + " characters, had " + text.length());
        }
        if (text.codePoints().anyMatch(Texts::isForbidden)) {
            throw refusal(place, "must not hold control characters or broken Unicode");
        }
        return text;
    }

    /** Tells whether nothing of a text can be seen: it has spaces at most, of whatever width. */
    static boolean isEmpty(String text) {
        return text.codePoints()
                .allMatch(character -> Character.isWhitespace(character)
                        || Character.isSpaceChar(character)
                        || Character.getType(character) == Character.FORMAT);
    }

    /** Returns a text of several lines that may be empty, as it is. */
    static String remark(String place, String text, int longest) {
        return text.isEmpty() ? text : text(place, text, longest);
    }

    /** Returns a text of one line, without the spaces around it. */
    static String line(String place, String text, int longest) {
        String checked = text(place, text.strip(), longest);
        if (checked.codePoints().anyMatch(Texts::breaksTheLine)) {
            throw refusal(place, "must be one line");
        }
        return checked;
    }

    private static boolean breaksTheLine(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    static PeerException refusal(String place, String text) {
        return PeerException.invalid(List.of(new Problem(place, text)));
    }

    private static boolean isForbidden(int character) {
        boolean control = Character.isISOControl(character) && "\n\r\t".indexOf(character) < 0;
        return control || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }
}
