package io.channelbox.conversation.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.MessageFilter.Verdict;
import io.channelbox.message.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordFilterTest {

    private final WordFilter filter =
            WordFilter.refusing(List.of("darn", "Größe", "İstanbul", "ΛΟΓΟΣ", "कि", "пёс", "ass"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "darn",
                "Oh, DARN!",
                "(dàrn)",
                "da\u0301rn",
                "da\u200Brn",
                "\uFF44\uFF41\uFF52\uFF4E",
                "GRÖSSE zählt",
                "grösse",
                "istanbul",
                "\u03BB\u03CC\u03B3\u03BF\u03C2 \u03BC\u03BF\u03C5",
                "वह कि नहीं",
                "Пес",
                "kiss my ass"
            })
    void aWordIsKnownInWhateverCaseAccentsAndWidth(String text) {
        assertEquals(Verdict.refused("it holds a word that is not wanted here"), check(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"darning", "a darner", "class", "assassin", "का", "", "👍", "d a r n", "darn2"})
    void anotherWordPasses(String text) {
        assertEquals(Verdict.PASSED, check(text));
    }

    @Test
    void whatIsNoSingleWordIsRefusedWhenItIsNamed() {
        for (String word : List.of("", "two words", "half-a", "\u0301")) {
            assertThrows(IllegalArgumentException.class, () -> WordFilter.refusing(List.of(word)));
        }
    }

    private Verdict check(String text) {
        return filter.check(new UserId("ann"), new ConversationId(1), text);
    }
}
