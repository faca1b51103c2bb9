package io.channelbox.asyncapi;

/** Texts in double quotes, as JSON and YAML both read them. */
final class Texts {

    private static final String ESCAPED = "\"\\\b\f\n\r\t";
    private static final String WRITTEN = "\"\\bfnrt";

    private Texts() {}

    /** Returns the text in quotes; whatever one of the two could not read as it is, is escaped. */
    static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        int escape = ESCAPED.indexOf(c);
        if (escape >= 0) {
            quoted.append('\\').append(WRITTEN.charAt(escape));
        } else if (isPrintable(c)) {
            quoted.appendCodePoint(c);
        } else {
            quoted.append(String.format("\\u%04x", c));
        }
    }

    /** Tells whether YAML may have the character as it is. A half of a pair is none. */
    static boolean isPrintable(int c) {
        return (c >= ' ' && c < 0x7f)
                || (c >= 0xa0 && c < Character.MIN_SURROGATE && c != 0x2028 && c != 0x2029)
                || (c > Character.MAX_SURROGATE && c < 0xfffe && c != 0xfeff)
                || c > 0xffff;
    }
}
