package io.channelbox.examples.room;

import java.text.Normalizer;
import java.util.Set;

/**
 * A name that somebody chose: 1 to 40 visible characters, with single spaces between them at most. It is kept in one Unicode
 * form, so that what looks the same is the same, and is none of those that guests are given.
 */
record UserName(String value) {

    private static final int LONGEST = 40;
    // Letters and symbols by their type, but nothing is seen of them: Hangul fillers and the Braille blank.
    private static final Set<Integer> BLANKS = Set.of(0x115f, 0x1160, 0x2800, 0x3164, 0xffa0);

    /** Refuses what is no such name; the text may be shown to who chose it. */
    UserName {
        value = normal(value);
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > LONGEST || !value.codePoints().allMatch(UserName::isVisibleOrSpace)) {
            throw new IllegalArgumentException("A name has 1 to " + LONGEST + " visible characters.");
        }
        if (value.startsWith(" ") || value.endsWith(" ") || value.contains("  ")) {
            throw new IllegalArgumentException("A name may have single spaces, and only in its middle.");
        }
        if (isMark(value.codePointAt(0))) {
            throw new IllegalArgumentException("A name begins with a character that stands by itself.");
        }
        if (isGuest(value)) {
            throw new IllegalArgumentException("Names that begin with guest- are given to guests.");
        }
    }

    /** Returns the form in which names are kept, of any text, whether it can be a name or not. */
    static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Tells whether this is a name that guests are given. */
    static boolean isGuest(String name) {
        return name.startsWith("guest-");
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isVisibleOrSpace(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> !BLANKS.contains(character);
        };
    }
}
