package io.channelbox.conversation.moderation;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.MessageFilter;
import io.channelbox.message.UserId;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses messages that hold one of some words: as a whole word, whatever its case, accents, width and invisible characters. It knows words by what stands between them, so
 * it is of no use for languages that write without spaces; and it does not see through who writes words otherwise on purpose.
 */
public final class WordFilter implements MessageFilter {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

    private final Set<String> words;

    private WordFilter(Set<String> words) {
        this.words = words;
    }

    /**
     * Returns a filter that refuses these.
     *
     * @throws IllegalArgumentException when one is not a single word
     */
    public static WordFilter refusing(Collection<String> words) {
        return new WordFilter(words.stream().map(WordFilter::folded).collect(Collectors.toUnmodifiableSet()));
    }

    private static String folded(String word) {
        String folded = fold(word);
        if (folded.isEmpty() || BETWEEN_WORDS.matcher(folded).find()) {
            throw new IllegalArgumentException("must be one word, of letters and digits, was '" + word + "'");
        }
        return folded;
    }

    @Override
    public Verdict check(UserId author, ConversationId conversation, String content) {
        return BETWEEN_WORDS.splitAsStream(fold(content)).anyMatch(words::contains)
                ? Verdict.refused("it holds a word that is not wanted here")
                : Verdict.PASSED;
    }

    /** Returns a text in one case, without accents, which belong to no script, and without what cannot be seen. Vowel signs of a script stay: they are part of the word. */
    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(each -> !isAccent(each) && Character.getType(each) != Character.FORMAT)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    private static boolean isAccent(int character) {
        return Character.getType(character) == Character.NON_SPACING_MARK
                && UnicodeScript.of(character) == UnicodeScript.INHERITED;
    }
}
