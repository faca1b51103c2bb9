package io.channelbox.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a query asks for: patterns that must all be in a {@link SearchText}, where a space is the end of a word. One word of three or more characters is
 * looked for within words, too; a shorter one, several that are typed as one, and those with a star at the beginning of words; those in quotes as whole words.
 */
final class SearchTerms {

    /** Something in quotes, the last of which may be missing, or up to the next space; and a star behind it. */
    private static final Pattern PIECE =
            Pattern.compile("[\"“”]([^\"“”]*)(?:[\"“”](\\*?)|$)|([^\\s\"“”]+)", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int GRAM = 3;

    private final List<int[]> patterns;

    private SearchTerms(List<int[]> patterns) {
        this.patterns = patterns;
    }

    static SearchTerms of(String query) {
        List<MatchResult> pieces = PIECE.matcher(query)
                .results()
                .filter(piece -> SearchText.of(piece.group()).hasWords())
                .toList();
        var patterns = new ArrayList<int[]>();
        for (MatchResult piece : pieces) {
            boolean last = piece == pieces.get(pieces.size() - 1);
            patterns.add(piece.group(3) == null ? quoted(piece) : typed(piece.group(3), last));
        }
        return new SearchTerms(patterns);
    }

    private static int[] quoted(MatchResult piece) {
        int[] words = SearchText.of(piece.group(1)).characters();
        return "*".equals(piece.group(2)) ? beginning(words) : words;
    }

    private static int[] typed(String piece, boolean last) {
        int[] words = SearchText.of(piece).characters();
        int length = words.length - 2; // without the spaces around
        boolean one = SearchText.isOneWord(words);
        if (piece.endsWith("*") || !one) {
            return beginning(words);
        } else if (length < GRAM) {
            return last ? beginning(words) : words;
        }
        return Arrays.copyOfRange(words, 1, words.length - 1);
    }

    private static int[] beginning(int[] words) {
        return Arrays.copyOf(words, words.length - 1);
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    Set<Integer> grams() {
        var all = new HashSet<Integer>();
        patterns.forEach(pattern -> SearchText.addGrams(pattern, all));
        return all;
    }

    /** Returns the parts of a text that match, in their order; none when a pattern is not in it. */
    List<Highlight> in(SearchText text) {
        var parts = new ArrayList<Highlight>();
        for (int[] pattern : patterns) {
            List<Highlight> found = text.find(pattern);
            if (found.isEmpty()) {
                return List.of();
            }
            parts.addAll(found);
        }
        return Highlight.joined(parts);
    }
}
