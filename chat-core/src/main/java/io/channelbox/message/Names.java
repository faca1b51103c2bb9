package io.channelbox.message;

import java.util.Objects;

/** The one rule for every name that comes from outside: not empty, not endless, nothing invisible that controls. */
final class Names {

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
        if (Utf8.length(value) == Utf8.MALFORMED || value.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must not hold control characters or broken Unicode");
        }
        return value;
    }
}
