package io.channelbox.message;

import java.util.Objects;

/** The one rule for every name that comes from outside: not empty, not endless, nothing invisible that controls. */
final class Names {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Names() {}

    static String check(String what, String value, int longest) {
        Objects.requireNonNull(value, what);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        if (value.length() > longest) {
            throw new IllegalArgumentException(
                    what + " must have at most " + longest + " characters, had " + value.length());
        }
        if (Utf8.length(value) == Utf8.MALFORMED || value.codePoints().anyMatch(Names::isUnseen)) {
            throw new IllegalArgumentException(
                    what + " must not hold control characters, invisible ones or broken Unicode");
        }
        return value;
    }

    /** Controls, and formats such as a zero-width space, with which two names look alike; but joiners make letters and emoji. */
    private static boolean isUnseen(int character) {
        boolean joins = character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER;
        return Character.isISOControl(character) || (Character.getType(character) == Character.FORMAT && !joins);
    }
}
