package io.channelbox.conversation;

import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for what people write. */
final class Texts {

    /** What has a scheme has one of the web. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*|[^:]*([/?#].*)?");

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

    /** Returns a text of one line, without the spaces around it, in which everything stands where it is read. */
    static String line(String place, String text, int longest) {
        String checked = text(place, text.strip(), longest);
        if (checked.codePoints().anyMatch(Texts::breaksTheLine)) {
            throw refusal(place, "must be one line");
        }
        if (checked.codePoints().anyMatch(Texts::turnsTheDirection)) {
            throw refusal(place, "must not hold signs that turn the direction of writing");
        }
        return checked;
    }

    /** Tells the signs of Unicode's bidirectional algorithm that make one text read like another. */
    private static boolean turnsTheDirection(int character) {
        return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
    }

    /** Returns where something can be had: of the web, or a path of the application itself. */
    static String address(String place, String text, int longest) {
        String checked = line(place, text, longest);
        if (!ADDRESS.matcher(checked).matches()) {
            throw refusal(place, "must begin with https://, http:// or a path");
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
