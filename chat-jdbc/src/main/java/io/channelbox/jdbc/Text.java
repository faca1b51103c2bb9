package io.channelbox.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What databases call text. */
final class Text {

    private Text() {}

    /** Returns a text; one that no database can keep is refused, before it fails with what is kept together with it. */
    static String required(String what, String value) {
        if (value.indexOf(0) >= 0 || !UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException("a " + what + " that is kept must not hold U+0000 or broken Unicode");
        }
        return value;
    }
}
