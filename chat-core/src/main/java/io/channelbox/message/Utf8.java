package io.channelbox.message;

/** What {@link String} does not say of its UTF-8 form: its length without encoding it, and whether it has one at all. */
final class Utf8 {

    static final int MALFORMED = -1;

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Returns the number of UTF-8 bytes of the text, or {@link #MALFORMED} when it holds a lone surrogate. */
    static int length(String text) {
        int chars = text.length();
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes += 1;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (isPair(text, i)) {
                bytes += 2; // two chars, four bytes
                i++;
            } else {
                return MALFORMED;
            }
        }
        return bytes;
    }

    static String replaceLoneSurrogates(String text) {
        var mended = new StringBuilder(text);
        for (int i = 0; i < mended.length(); i++) {
            if (!Character.isSurrogate(mended.charAt(i))) {
                continue;
            }
            if (isPair(mended, i)) {
                i++;
            } else {
                mended.setCharAt(i, REPLACEMENT);
            }
        }
        return mended.toString();
    }

    private static boolean isPair(CharSequence text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }
}
