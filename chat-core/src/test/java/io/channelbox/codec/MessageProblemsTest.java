package io.channelbox.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer is told of a message that could not be read: every place, in its own names, and nothing of ours. */
class MessageProblemsTest {

    enum Colour {
        RED,
        @JsonProperty("deep-blue")
        BLUE
    }

    sealed interface Order {}

    @TypeName("order")
    record Ordered(
            List<Item> items,
            Map<String, Item> byName,
            Optional<Item> firstItem,
            @Nullable Part mainPart,
            @JsonProperty("theColour") @Nullable Colour colour)
            implements Order {}

    record Item(
            int howMany,
            @Nullable String fullName,
            @Nullable Instant at,
            @Nullable Tag tag) {}

    record Tag(@JsonValue String word) {
        Tag {
            if (word.length() > 5) {
                throw new IllegalArgumentException("must have at most 5 letters");
            }
        }
    }

    sealed interface Part {}

    @TypeName("wheel")
    record Wheel(double sizeInCm) implements Part {}

    @TypeName("door")
    record Door(boolean isOpen) implements Part {}

    @TypeName("strict")
    record Strict(
            String text, @Nullable Integer most, @Nullable String secret, Optional<Inner> inner) implements Order {
        Strict {
            Objects.requireNonNull(text, "text");
            if (text.isBlank()) {
                throw new IllegalArgumentException("text must not be blank");
            }
            if (text.equals("refused")) {
                throw new PeerException("too_rude", "not in this house");
            }
            if (text.equals("invalid")) {
                throw PeerException.invalid(List.of(new Problem("text", "is 'invalid'")));
            }
            if (text.equals("bug")) {
                throw new IllegalStateException("our secret");
            }
            if (text.equals("null")) {
                throw new NullPointerException("something of ours");
            }
        }
    }

    record Inner(String firstWord, String secondWord) {
        Inner {
            if (firstWord.equals(secondWord)) {
                throw PeerException.invalid("the words must differ");
            }
        }
    }

    @TypeName("many")
    record Many(
            @Nullable Long whole,
            @Nullable Double number,
            @Nullable Boolean flag,
            @Nullable String text,
            @Nullable List<String> texts,
            @Nullable Map<String, Integer> counts,
            @Nullable Colour colour,
            @Nullable Instant at,
            @Nullable Duration length,
            @Nullable LocalDate day,
            @Nullable UUID id,
            @Nullable GroupName group)
            implements Order {}

    record Node(int n, @Nullable Node next) {}

    @TypeName("chain")
    record Chain(@Nullable Node first) implements Order {}

    @TypeName("copied")
    record Copied(List<String> words, Map<String, String> byName) implements Order {
        Copied {
            words = List.copyOf(words);
            byName = Map.copyOf(byName);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"words\":[\"a\",null],\"by_name\":{}}|payload.words[1]",
                "{\"words\":[],\"by_name\":{\"k\":null}}|payload.by_name.k",
                "{\"by_name\":{}}|payload.words"
            })
    void aNullThatACopyRefusesIsMissing(String json, String path) {
        assertEquals(
                List.of(new Problem(path, "is missing")),
                problems(payload, "{\"action\":\"copied\",\"payload\":" + json + "}"));
    }

    private final JsonStyle inPayload =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);
    private final TypedJsonCodec<Order> flat = TypedJsonCodec.of(Order.class, JsonStyle.DEFAULT);
    private final TypedJsonCodec<Order> payload = TypedJsonCodec.of(Order.class, inPayload);

    @Test
    void everyWrongFieldIsNamedAsThePeerWroteIt() {
        PeerException refused = refused(payload, """
                {"action":"order","payload":{
                  "items":[{"how_many":1},{"how_many":"two","full_name":3},{"at":"soon"}],
                  "by_name":{"someKey":{"how_many":1.5}},
                  "first_item":{"how_many":99999999999},
                  "main_part":{"action":"wheel","size_in_cm":"big"},
                  "theColour":"GREEN"}}
                """);

        assertEquals(PeerException.INVALID, refused.code());
        assertEquals(
                List.of(
                        new Problem("payload.items[1].how_many", "must be a whole number"),
                        new Problem("payload.items[1].full_name", "must be a text"),
                        new Problem("payload.items[2].how_many", "is missing"),
                        new Problem("payload.items[2].at", "must be a time such as 2026-01-02T03:04:05Z"),
                        new Problem("payload.by_name.someKey.how_many", "must be a whole number"),
                        new Problem("payload.first_item.how_many", "is too large a number"),
                        new Problem("payload.main_part.size_in_cm", "must be a number"),
                        new Problem("payload.theColour", "must be one of RED, deep-blue")),
                refused.problems());
        assertTrue(refused.text().startsWith("'payload.items[1].how_many' must be a whole number; '"), refused.text());
    }

    @Test
    void pathsOfFlatMessagesStartAtTheFrame() {
        assertEquals(
                List.of(new Problem("items[0].howMany", "is missing"), new Problem("byName", "must be an object")),
                problems(flat, "{\"type\":\"order\",\"items\":[{}],\"byName\":[]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"order\",\"payload\":7}|payload|must be an object",
                "{\"action\":\"order\",\"payload\":[]}|payload|must be an object",
                "{\"action\":\"order\",\"payload\":{\"items\":{}}}|payload.items|must be an array",
                "{\"action\":\"order\",\"payload\":{\"items\":[7]}}|payload.items[0]|must be an object",
                "{\"action\":\"order\",\"payload\":{\"main_part\":7}}|payload.main_part|must be an object",
                "{\"action\":\"order\",\"payload\":{\"main_part\":{}}}|payload.main_part.action|is missing",
                "{\"action\":\"order\",\"payload\":{\"main_part\":{\"action\":1}}}|payload.main_part.action|must be a text",
                "{\"action\":\"order\",\"payload\":{\"main_part\":{\"action\":\"x\"}}}|payload.main_part.action|names no type that is read here",
                "{\"action\":\"order\",\"payload\":{\"main_part\":{\"action\":\"door\"}}}|payload.main_part.is_open|is missing",
                "{\"action\":\"order\",\"payload\":{\"items\":[{\"how_many\":null}]}}|payload.items[0].how_many|is missing",
                "{\"action\":\"order\",\"payload\":{\"items\":[{\"how_many\":1,\"tag\":\"too long\"}]}}|payload.items[0].tag|must have at most 5 letters",
                "{\"action\":\"order\",\"payload\":{\"items\":[{\"how_many\":1,\"tag\":{}}]}}|payload.items[0].tag|must be a text",
                "{\"action\":\"strict\"}|payload.text|is missing",
                "{\"action\":\"strict\",\"payload\":null}|payload.text|is missing",
                "{\"action\":\"strict\",\"payload\":{\"text\":\" \"}}|payload|text must not be blank",
                "{\"action\":\"strict\",\"payload\":{\"text\":\"invalid\"}}|payload.text|is 'invalid'",
                "{\"action\":\"strict\",\"payload\":{\"text\":\"x\",\"inner\":{\"first_word\":\"a\",\"second_word\":\"a\"}}}|payload.inner|the words must differ",
                "{\"action\":\"strict\",\"payload\":{\"text\":\"x\",\"inner\":{\"second_word\":\"a\"}}}|payload.inner.first_word|is missing",
                "{\"action\":\"strict\",\"payload\":{\"text\":\"x\",\"inner\":{}}}|payload.inner|lacks a value",
            })
    void theProblemIsTold(String json, String path, String text) {
        assertEquals(List.of(new Problem(path, text)), problems(payload, json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole|1.5|must be a whole number",
                "whole|\"1\"|must be a whole number",
                "whole|1e400|must be a whole number",
                "whole|99999999999999999999|is too large a number",
                "number|\"1.5\"|must be a number",
                "number|true|must be a number",
                "flag|1|must be true or false",
                "flag|\"true\"|must be true or false",
                "text|1|must be a text",
                "text|{}|must be a text",
                "texts|\"a\"|must be an array",
                "texts[1]|[\"a\",[]]|must be a text",
                "counts|[]|must be an object",
                "counts.a|{\"a\":\"b\"}|must be a whole number",
                "colour|\"red\"|must be one of RED, deep-blue",
                "colour|0|must be one of RED, deep-blue",
                "at|0|must be a time such as 2026-01-02T03:04:05Z",
                "at|\"\"|must be a time such as 2026-01-02T03:04:05Z",
                "length|\"1 s\"|must be a duration such as PT1M30S",
                "day|\"2026-02-30\"|must be a date such as 2026-01-02",
                "id|\"x\"|is not one that is read here",
                "group|7|is not one that is read here",
            })
    void whatAValueShouldHaveBeenIsSaid(String path, String value, String text) {
        String field = path.replaceAll("[.\\[].*", "");

        assertEquals(
                List.of(new Problem(path, text)),
                problems(flat, "{\"type\":\"many\",\"" + field + "\":" + value + "}"));
    }

    @Test
    void aRefusalWithACodeOfItsOwnPassesWithItsPlace() {
        PeerException refused = refused(payload, "{\"action\":\"strict\",\"payload\":{\"text\":\"refused\"}}");

        assertEquals("too_rude", refused.code());
        assertEquals("not in this house", refused.text());
        assertEquals(List.of(new Problem("payload", "not in this house")), refused.problems());
    }

    @ParameterizedTest
    @CsvSource({"bug, our secret", "null, something of ours"})
    void aMistakeOfTheApplicationPassesAsItIs(String text, String message) {
        RuntimeException bug = assertThrows(
                RuntimeException.class,
                () -> flat.decode(
                        Frame.text("{\"type\":\"strict\",\"most\":1,\"secret\":\"\",\"text\":\"" + text + "\"}")));

        assertFalse(bug instanceof PeerException);
        assertEquals(message, bug.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|missing_type",
                "{\"payload\":{}}|missing_type",
                "{\"action\":null}|unknown_type",
                "{\"action\":7}|unknown_type",
                "{\"action\":[\"order\"]}|unknown_type",
                "{\"action\":\"\"}|unknown_type",
                "{\"action\":\"Order\"}|unknown_type",
                "{\"type\":\"order\"}|missing_type",
            })
    void aFrameWithoutAKnownTypeIsOpenedAndItsMessageRefused(String json, String code) {
        Incoming<Order> opened = payload.open(
                Frame.text(json.replace("{", "{ \"ref\" : \"r1\" ,").replace(",}", "}")));

        assertEquals(Optional.of("r1"), opened.ref());
        assertEquals(code, assertThrows(PeerException.class, opened::message).code());
    }

    @Test
    void anUnknownTypeIsNamedInShort() {
        PeerException refused = refused(flat, "{\"type\":\"" + "long".repeat(1000) + "\"}");

        assertEquals("nothing here reads messages of type '" + "long".repeat(10) + "...'", refused.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "7",
                "null",
                "\"text\"",
                "{",
                "{}}",
                "{\"type\":\"order\"",
                "{\"type\":\"order\"} x",
                "{\"type\":\"order\",}",
                "{\"type\":\"order\" \"ref\":\"1\"}",
                "{'type':'order'}",
                "{type:\"order\"}",
                "{\"type\":\"order\",\"unread\":[1,]}",
                "{\"type\":\"order\",\"unread\":01}",
                "{\"type\":\"order\",\"unread\":+1}",
                "{\"type\":\"order\",\"unread\":1.}",
                "{\"type\":\"order\",\"unread\":.5}",
                "{\"type\":\"order\",\"unread\":NaN}",
                "{\"type\":\"order\",\"unread\":nul}",
                "{\"type\":\"order\",\"unread\":\"\u0001\"}",
                "{\"type\":\"order\",\"unread\":\"\\x\"}",
                "{\"type\":\"order\",\"unread\":\"\\u00g0\"}",
                "{\"type\":\"order\",\"ref\":\"\"}",
                "{\"type\":\"order\",\"ref\":7}",
                "{\"type\":\"order\",\"ref\":[]}",
                "{\"type\":\"order\",\"ref\":\"\\ud800\"}",
                "{\"type\":\"order\",\"idempotency_key\":\"\"}",
                "{\"type\":\"order\",\"idempotency_key\":\"\\ud800\"}",
                "{\"type\":\"order\",\"idempotency_key\":\"a\\u0000b\"}",
                "{\"type\":\"order\",\"idempotency_key\":\"a\\nb\"}",
                "{\"type\":\"order\",\"idempotency_key\":\"\\u007f\"}",
                "{\"type\":\"order\",\"topic\":7}",
                "{\"type\":\"order\",\"ref\":\"1\",\"ref\":\"2\"}",
                "{\"type\":\"order\",\"t\\u0079pe\":\"order\"}",
            })
    void whatIsNoObjectOrHasNoEnvelopeIsMalformedAtOnce(String json) {
        PeerException refused = assertThrows(PeerException.class, () -> flat.open(Frame.text(json)));

        assertEquals(PeerException.MALFORMED, refused.code());
    }

    @Test
    void refsHaveUpTo64CharactersAndTopicsUpTo200() {
        assertEquals(Optional.of("r".repeat(64)), refOf("r".repeat(64)));
        assertThrows(PeerException.class, () -> refOf("r".repeat(65)));
        assertEquals(Optional.of("t".repeat(200)), topicOf("t".repeat(200)));
        assertThrows(PeerException.class, () -> topicOf("t".repeat(201)));
    }

    @Test
    void keysHaveUpTo128CharactersOfAnyWriting() {
        assertEquals(Optional.of("k".repeat(128)), keyOf("k".repeat(128)));
        assertThrows(PeerException.class, () -> keyOf("k".repeat(129)));
        assertEquals(Optional.of("\"ünï' \ud83d\ude00"), keyOf("\\\"ünï' \ud83d\ude00"));
    }

    private Optional<String> keyOf(String key) {
        return flat.open(Frame.text("{\"idempotency_key\":\"" + key + "\"}")).idempotencyKey();
    }

    @Test
    void aRefOrTopicThatIsNullIsNone() {
        Incoming<Order> opened = flat.open(Frame.text("{\"ref\":null,\"type\":\"many\",\"topic\":null}"));

        assertEquals(Optional.empty(), opened.ref());
        assertEquals(Optional.empty(), opened.topic());
    }

    private Optional<String> refOf(String ref) {
        return flat.open(Frame.text("{\"ref\":\"" + ref + "\"}")).ref();
    }

    private Optional<String> topicOf(String topic) {
        return flat.open(Frame.text("{\"topic\":\"" + topic + "\"}")).topic();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"many\",\"text\":\"a\",\"text\":\"a\"}",
                "{\"type\":\"many\",\"counts\":{\"a\":1,\"a\":2}}",
                "{\"type\":\"many\",\"unread\":{\"a\":1,\"a\":2}}"
            })
    void aNameThatStandsTwiceIsMalformed(String json) {
        assertEquals(PeerException.MALFORMED, refused(flat, json).code());
    }

    @Test
    void unknownFieldsAreIgnoredUnlessTheStyleRefusesThem() {
        String frame = "{\"action\":\"order\",\"extra\":1,\"version\":1,\"topic\":\"t\",\"ref\":\"1\",\"seq\":2,"
                + "\"payload\":{\"items\":[],\"nope\":{\"a\":1},\"main_part\":{\"action\":\"door\",\"is_open\":true,\"lock\":1}}}";

        assertEquals(1, List.of(payload.decode(Frame.text(frame))).size());

        TypedJsonCodec<Order> refusing = TypedJsonCodec.of(Order.class, inPayload.refusingUnknown());
        assertEquals(
                List.of(
                        new Problem("extra", "is not known here"),
                        new Problem("payload.main_part.lock", "is not known here"),
                        new Problem("payload.nope", "is not known here")),
                problems(refusing, frame));
        assertEquals(
                List.of(new Problem("nope", "is not known here")),
                problems(
                        TypedJsonCodec.of(Order.class, JsonStyle.DEFAULT.refusingUnknown()),
                        "{\"type\":\"many\",\"version\":1,\"topic\":\"t\",\"ref\":\"1\",\"seq\":2,\"nope\":1}"));
    }

    @Test
    void nestingIsReadUpToTheBound() {
        int levels = JsonCodec.DEEPEST - 1;
        String inside = "{\"n\":1,\"next\":".repeat(levels) + "null" + "}".repeat(levels);

        assertEquals(
                1,
                List.of(flat.decode(Frame.text("{\"type\":\"chain\",\"first\":" + inside + "}")))
                        .size());
        assertEquals(
                PeerException.MALFORMED,
                refused(flat, "{\"type\":\"chain\",\"first\":{\"n\":1,\"next\":" + inside + "}}")
                        .code());
        assertEquals(
                PeerException.MALFORMED,
                refused(flat, "{\"type\":\"chain\",\"x\":" + "[".repeat(100_000))
                        .code());
    }

    @Test
    void aMistakeFarInsideIsFoundToo() {
        int levels = 100;
        String inside = "{\"n\":1,\"next\":".repeat(levels) + "{\"n\":\"x\"}" + "}".repeat(levels);

        List<Problem> problems = problems(flat, "{\"type\":\"chain\",\"first\":" + inside + "}");

        assertEquals(1, problems.size());
        assertEquals("first" + ".next".repeat(levels) + ".n", problems.get(0).path());
    }

    @Test
    void notMoreThan16ProblemsAreTold() {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            items.add("{\"howMany\":\"x\"}");
        }

        assertEquals(
                16,
                problems(flat, "{\"type\":\"order\",\"items\":[" + String.join(",", items) + "]}")
                        .size());
    }

    @Test
    void aValidatorIsAskedAboutEveryMessageAndItsPathsAreThoseOfThePeer() {
        List<Object> asked = new ArrayList<>();
        TypedJsonCodec<Order> validated = payload.validatedBy(message -> {
            asked.add(message);
            return message instanceof Ordered
                    ? List.of(
                            new Problem("items[0].fullName", "a"),
                            new Problem("byName[someKey].howMany", "b"),
                            new Problem("byName.someKey.howMany", "c"),
                            new Problem("firstItem.howMany", "d"),
                            new Problem("mainPart.sizeInCm", "e"),
                            new Problem("colour", "f"),
                            new Problem("items[0].tag.word", "g"),
                            new Problem("items[7].howMany", "h"),
                            new Problem("noSuch.thing", "i"),
                            new Problem("", "j"))
                    : List.of();
        });

        PeerException refused = refused(validated, """
                {"action":"order","payload":{"items":[{"how_many":1,"tag":"x"}],"by_name":{"someKey":{"how_many":1}},
                "first_item":{"how_many":1},"main_part":{"action":"wheel","size_in_cm":1}}}
                """);

        assertEquals(
                List.of(
                        new Problem("payload.items[0].full_name", "a"),
                        new Problem("payload.by_name.someKey.how_many", "b"),
                        new Problem("payload.by_name.someKey.how_many", "c"),
                        new Problem("payload.first_item.how_many", "d"),
                        new Problem("payload.main_part.size_in_cm", "e"),
                        new Problem("payload.theColour", "f"),
                        new Problem("payload.items[0].tag", "g"),
                        new Problem("payload.items[7].howMany", "h"),
                        new Problem("payload.noSuch.thing", "i"),
                        new Problem("payload", "j")),
                refused.problems());

        Order strict = validated.decode(Frame.text("{\"action\":\"strict\",\"payload\":{\"text\":\"x\"}}"));
        assertSame(strict, asked.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"many\",\"text\":{}}",
                "{\"type\":\"many\",\"colour\":\"x\"}",
                "{\"type\":\"order\",\"mainPart\":{\"type\":\"x\"}}",
                "{\"type\":\"nope\"}",
                "{\"type\":\"many\",\"counts\":{\"a\":{}}}"
            })
    void nothingOfOurClassesIsTold(String json) {
        String text = refused(flat, json).text();

        assertFalse(text.contains("io.channelbox"), text);
        assertFalse(text.contains("java."), text);
        assertFalse(text.contains("MessageProblemsTest"), text);
        assertFalse(text.contains("jackson"), text);
    }

    private static List<Problem> problems(TypedJsonCodec<?> codec, String json) {
        PeerException refused = refused(codec, json);
        assertEquals(PeerException.INVALID, refused.code(), refused.text());
        return refused.problems();
    }

    private static PeerException refused(TypedJsonCodec<?> codec, String json) {
        return assertThrows(PeerException.class, () -> codec.decode(Frame.text(json)));
    }
}
