package io.channelbox.conversation;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds who is named in a text. */
@FunctionalInterface
public interface MentionParser {

    /** Finds what follows an at sign: {@code @ann}. An at sign within a word, as in an e-mail address, names nobody, and a full stop behind a name is none of it. */
    MentionParser AT_SIGN = new MentionParser() {
        private static final Pattern NAMED = Pattern.compile(
                "(?<![\\p{L}\\p{M}\\p{N}_.@-])@([\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_.-]*[\\p{L}\\p{M}\\p{N}_])?)");

        @Override
        public List<String> namesIn(String content) {
            return NAMED.matcher(content)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        }
    };

    /**
     * Returns the ids or names that are written in a text, in their order. Those in the conversation who have one of these ids, or else names, are
     * mentioned; {@code everyone} and {@code here} mean all of them where an admin speaks. It is asked by several threads at once, while the conversation is
     * being changed, so it is quick.
     */
    List<String> namesIn(String content);
}
