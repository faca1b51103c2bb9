package io.channelbox.examples.room;

import java.text.Normalizer;

/**
 * A name that somebody chose: 1 to 40 visible characters, with single spaces between them at most. It is kept in one Unicode
 * form, so that what looks the same is the same, and is none of those that guests are given.
 */
record UserName(String value) {

    private static final int LONGEST = 40;

    /** Refuses what is no such name; the text may be shown to who chose it. */
    UserName {
        value = Normalizer.normalize(value, Normalizer.Form.NFC);
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > LONGEST || !value.codePoints().allMatch(UserName::isVisibleOrSpace)) {
            throw new IllegalArgumentException("A name has 1 to " + LONGEST + " visible characters.");
        }
        if (value.startsWith(" ") || value.endsWith(" ") || value.contains("  ")) {
            throw new IllegalArgumentException("A name may have single spaces, and only in its middle.");
        }
        if (value.startsWith("guest-")) {
            throw new IllegalArgumentException("Names that begin with guest- are given to guests.");
        }
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
            default -> true;
        };
    }
}
