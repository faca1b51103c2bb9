package io.channelbox.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedTextTest {

    private static TextFrame joined(String... texts) {
        return JoinedText.of(Arrays.stream(texts).map(Frame::text).toList());
    }

    @Test
    void aSeparatorStandsBetweenTwoMessagesAndNowhereElse() {
        assertEquals("{}\u001e[1]\u001e\"é😀\"", joined("{}", "[1]", "\"é😀\"").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a|b", "é|€|😀", "|a", "a|", "|", "||"})
    void whatWasJoinedIsSplitIntoTheSame(String messages) {
        List<String> texts = List.of(messages.split("\\|", -1));

        assertEquals(
                texts, JoinedText.split(joined(texts.toArray(String[]::new)).text()));
    }

    @Test
    void framesOfBytesAndOfTextAreJoinedAlike() {
        TextFrame fromText = joined("é", "b");
        TextFrame fromBytes = JoinedText.of(List.of(Frame.utf8("é".getBytes(UTF_8)), Frame.utf8("b".getBytes(UTF_8))));

        assertEquals(fromText, fromBytes);
        assertEquals(fromText.text().getBytes(UTF_8).length, fromBytes.size());
    }

    @Test
    void aMessageThatIsAloneIsNotCopied() {
        TextFrame alone = Frame.text("{}");

        assertSame(alone, JoinedText.of(alone));
        assertSame(alone, JoinedText.of(List.of(alone)));
    }

    @Test
    void noMessageCanPassForTwo() {
        assertEquals(
                List.of("{\"a\": }", "{}"),
                JoinedText.split(joined("{\"a\":\u001e}", "{}").text()));
        assertEquals("a b ", JoinedText.of(Frame.text("a\u001eb\u001e")).text());
    }

    @Test
    void aSeparatorIsLookedForOnce() {
        TextFrame injecting = Frame.text("a\u001eb");

        assertSame(JoinedText.of(injecting), JoinedText.of(injecting));
        assertEquals("a\u001eb", injecting.text());
    }

    @Test
    void nothingCannotBeJoined() {
        assertThrows(IllegalArgumentException.class, () -> JoinedText.of(List.of()));
    }
}
