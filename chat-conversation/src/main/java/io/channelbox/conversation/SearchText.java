package io.channelbox.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A text as searches see it: words with a space before, between and behind them, in small letters without accents, of which each remembers where it stands
 * in the text. Each character of a script that has no spaces, and each symbol, is a word. The signs between words are gone.
 */
public final class SearchText {

    private static final int GRAM = 3;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private int[] characters;
    private int[] starts;
    private int[] ends;
    private int length;

    private SearchText(int most) {
        characters = new int[most];
        starts = new int[most];
        ends = new int[most];
    }

    /** Returns what searches see of a text. */
    public static SearchText of(String text) {
        var seen = new SearchText(text.length() + 2);
        seen.endWord();
        for (int start = 0; start < text.length(); ) {
            int end = Folding.endOfCharacter(text, start);
            seen.append(Folding.folded(text, start, end), start, end);
            start = end;
        }
        seen.endWord();
        return seen;
    }

    private void append(String folded, int start, int end) {
        boolean alone = !folded.isEmpty() && Folding.standsAlone(folded.codePointAt(0));
        if (alone) {
            endWord();
        }
        folded.codePoints().forEach(character -> {
            if (Folding.isOfWord(character)) {
                append(character, start, end);
            } else {
                endWord();
            }
        });
        if (alone) {
            endWord();
        }
    }

    private void append(int character, int start, int end) {
        if (length == characters.length) {
            int more = 2 * length;
            characters = Arrays.copyOf(characters, more);
            starts = Arrays.copyOf(starts, more);
            ends = Arrays.copyOf(ends, more);
        }
        characters[length] = character;
        starts[length] = start;
        ends[length] = end;
        length++;
    }

    private void endWord() {
        if (length == 0 || characters[length - 1] != ' ') {
            append(' ', 0, 0);
        }
    }

    boolean hasWords() {
        return length > 1;
    }

    int[] characters() {
        return Arrays.copyOf(characters, length);
    }

    /** Tells whether there are no spaces but those around. */
    static boolean isOneWord(int[] words) {
        return Arrays.stream(words).filter(character -> character == ' ').count() == 2;
    }

    /**
     * Returns the numbers of all that can be searched for in it: three characters that follow one another, or the beginning of a word. What a query is
     * for is in texts only that have all of {@link SearchQuery#grams()}. The numbers are the same in every version, and may be kept.
     */
    public Set<Integer> grams() {
        var all = new HashSet<Integer>(2 * length);
        addGrams(characters(), all);
        for (int i = 0; i + 1 < length; i++) {
            if (characters[i] == ' ') {
                all.add(gram(' ', characters[i + 1], 0));
            }
        }
        return all;
    }

    /** Adds those of a part of a text that begins with a space, or has three characters or more. */
    static void addGrams(int[] part, Set<Integer> all) {
        if (part.length == GRAM - 1) {
            all.add(gram(part[0], part[1], 0));
        }
        for (int i = 0; i + GRAM <= part.length; i++) {
            all.add(gram(part[i], part[i + 1], part[i + 2]));
        }
    }

    /** Different ones may have the same number, which makes an index propose some texts in vain. */
    private static int gram(int first, int second, int third) {
        long all = ((long) first << 42) | ((long) second << 21) | third;
        return Long.hashCode(all * SPREAD);
    }

    /** Returns where a pattern stands in the text. */
    List<Highlight> find(int[] pattern) {
        var found = new ArrayList<Highlight>();
        for (int at = 0; at + pattern.length <= length; at++) {
            if (Arrays.equals(characters, at, at + pattern.length, pattern, 0, pattern.length)) {
                found.add(part(at, at + pattern.length - 1));
            }
        }
        return found;
    }

    /** Returns the part of the text that was made into these characters, without the spaces around them. */
    private Highlight part(int first, int last) {
        int begin = characters[first] == ' ' ? first + 1 : first;
        int end = characters[last] == ' ' ? last - 1 : last;
        return new Highlight(starts[begin], ends[end]);
    }
}
