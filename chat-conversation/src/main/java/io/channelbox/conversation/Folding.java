package io.channelbox.conversation;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Set;

/** How searches see characters: capitals and accents make no difference. */
final class Folding {

    private static final int ASCII = 0x80;
    private static final int FIRST_MARK = 0x300;

    private static final Set<UnicodeScript> WITHOUT_SPACES = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private Folding() {}

    /** Returns where the character ends that begins here, with its marks. */
    static int endOfCharacter(String text, int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        while (end < text.length() && text.charAt(end) >= FIRST_MARK) {
            int next = text.codePointAt(end);
            if (!goesOn(next)) {
                return end;
            }
            end += Character.charCount(next);
        }
        return end;
    }

    private static boolean goesOn(int character) {
        boolean voicedHalfwidth = character == 0xFF9E || character == 0xFF9F;
        boolean restOfSyllable = character >= 0x1160 && character <= 0x11FF;
        return isMark(character) || voicedHalfwidth || restOfSyllable;
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Returns a character with its marks as searches see it, which may be several, or nothing. */
    static String folded(String text, int start, int end) {
        if (end == start + 1 && text.charAt(start) < ASCII) {
            return String.valueOf(Character.toLowerCase(text.charAt(start)));
        }
        var bare = new StringBuilder();
        Normalizer.normalize(text.substring(start, end), Form.NFKD)
                .codePoints()
                .filter(character -> !isAccent(character) && Character.getType(character) != Character.FORMAT)
                .forEach(bare::appendCodePoint);
        return Normalizer.normalize(bare, Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Tells whether it is a mark that any script may have; not the marks that make another letter of one. */
    private static boolean isAccent(int character) {
        boolean voiced = character == 0x3099 || character == 0x309A;
        return isMark(character) && !voiced && UnicodeScript.of(character) == UnicodeScript.INHERITED;
    }

    static boolean isOfWord(int character) {
        return Character.isLetterOrDigit(character) || isMark(character) || isSymbol(character);
    }

    /** Tells whether a character is a word by itself. */
    static boolean standsAlone(int character) {
        return character >= ASCII && (isSymbol(character) || WITHOUT_SPACES.contains(UnicodeScript.of(character)));
    }

    private static boolean isSymbol(int character) {
        return Character.getType(character) == Character.OTHER_SYMBOL;
    }
}
