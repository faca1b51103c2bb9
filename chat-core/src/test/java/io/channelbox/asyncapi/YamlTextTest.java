package io.channelbox.asyncapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What is written as YAML or JSON is read back as it was. */
class YamlTextTest {

    private static final String ODD =
            " :#-?,[]{}&*!|>'\"%@`~\\/\n\t\r\u0000\u0007\u007f\u0085\u00a0\u2028\ufeff\ud83d\ude00aZ0é=<.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                " a",
                "a ",
                "a: b",
                "a #b",
                "a:",
                "- a",
                "-",
                "---",
                "...",
                "? a",
                "null",
                "Null",
                "~",
                "true",
                "YES",
                "no",
                "off",
                "y",
                "1",
                "1.5",
                "0x1f",
                "0o7",
                "1e3",
                ".inf",
                ".nan",
                "2026-01-02",
                "12:30:45",
                "+1",
                "{a}",
                "[a]",
                "a, b",
                "&a",
                "*a",
                "!a",
                "%a",
                "@a",
                "`a`",
                "'a'",
                "\"a\"",
                "a\\b",
                "a\nb",
                "a\n",
                "\na",
                "a\n\nb",
                "a\n b",
                " a\nb",
                "a\n \nb",
                "a\r\nb",
                "a\tb",
                "a\n\tb",
                "\u0000",
                "\u0085",
                "\u2028a",
                "\ufeffa",
                "\ud83d\ude00",
                "é",
                "<<",
                "=",
                "a\u007fb",
                "a\n# b\n- c: d",
                "/ws/{id}",
                "/ws/a b",
                "a  b"
            })
    void aTextIsReadBackAsItWas(String text) throws JsonProcessingException {
        assertReadBack(
                Tree.object("key", text, text, "value", "list", List.of(text, List.of(text), Map.of(text, text))));
    }

    @Test
    void anyTextIsReadBackAsItWas() throws JsonProcessingException {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                int at = ODD.offsetByCodePoints(0, random.nextInt(ODD.codePointCount(0, ODD.length())));
                text.appendCodePoint(ODD.codePointAt(at));
            }
            assertReadBack(Tree.object("k", text.toString(), "l", List.of(text.toString())));
        }
    }

    @Test
    void treesAreReadBackAsTheyWere() throws JsonProcessingException {
        assertReadBack(Tree.object());
        assertReadBack(Tree.object("a", Map.of(), "b", List.of(), "c", 1, "d", -2.5, "e", true, "f", Long.MAX_VALUE));
        assertReadBack(Tree.object(
                "a",
                List.of(
                        Tree.object("b", Tree.object("c", List.of(1, 2)), "d", "x\ny"),
                        List.of(List.of("deep", Tree.object("e", "f", "g", List.of())), List.of()),
                        Map.of())));
    }

    @Test
    void halfOfACharacterDoesNotBreakTheRest() throws JsonProcessingException {
        assertEquals(
                "\ud83d",
                new ObjectMapper()
                        .readTree(JsonText.of(Map.of("a", "\ud83d")))
                        .get("a")
                        .asText());
    }

    @Test
    void wordsAndPathsStandWithoutQuotesAndLinesInBlocks() {
        assertEquals(
                """
                address: /ws/chat
                name: A chat (of old)
                list:
                  - one
                  - a: b
                    c: "5"
                text: |-
                  first

                  second
                """,
                YamlText.of(Tree.object(
                        "address", "/ws/chat",
                        "name", "A chat (of old)",
                        "list", new ArrayList<>(List.of("one", Tree.object("a", "b", "c", "5"))),
                        "text", "first\n\nsecond")));
    }

    private static void assertReadBack(Map<String, Object> tree) throws JsonProcessingException {
        String yaml = YamlText.of(tree);
        assertEquals(new ObjectMapper().valueToTree(tree), new ObjectMapper().readTree(JsonText.of(tree)));
        assertEquals(new ObjectMapper().readTree(JsonText.of(tree)), new YAMLMapper().readTree(yaml), yaml);
        assertEquals(tree, new Yaml().<Map<String, Object>>load(yaml), yaml);
    }
}
