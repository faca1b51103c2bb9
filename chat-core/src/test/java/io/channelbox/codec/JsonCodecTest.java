package io.channelbox.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    record Say(@Nullable String text, int n) {}

    record Told(UserId user, GroupName group, ChannelId channel, MessageId message, Instant at) {}

    record Nested(List<Say> says, @Nullable Say one) {}

    record Strict(String text) {
        Strict {
            if (text.length() > 3) {
                throw PeerException.invalid("text must have at most 3 characters");
            }
        }
    }

    record Snake(String firstField) {}

    private final JsonCodec<Say> codec = JsonCodec.of(Say.class);
    private final JsonCodec<Object> any = JsonCodec.of(Object.class);

    @Test
    void itIsCompactAndEscapesNothingThatJsonDoesNotDemand() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "Grüße </b> 😀 \"q\"");
        object.put("n", 1);

        assertEquals("{\"text\":\"Grüße </b> 😀 \\\"q\\\"\",\"n\":1}", text(any.encode(object)));
    }

    @Test
    void recordsMapsListsAndNodesAreWrittenAndRead() {
        assertEquals("{\"text\":\"x\",\"n\":2}", text(any.encode(new Say("x", 2))));
        assertEquals("[1,\"a\",null]", text(any.encode(Arrays.asList(1, "a", null))));
        assertEquals(
                "{\"n\":1}",
                text(any.encode(JsonNodeFactory.instance.objectNode().put("n", 1))));

        assertEquals(new Say("x", 2), codec.decode(Frame.text("{\"n\":2,\"text\":\"x\"}")));
        assertEquals(Map.of("n", 1), any.decode(Frame.text("{\"n\":1}")));
        assertEquals(
                1,
                JsonCodec.of(JsonNode.class)
                        .decode(Frame.text("{\"n\":1}"))
                        .get("n")
                        .intValue());
    }

    @Test
    void unknownFieldsAreIgnoredAndMissingOnesAreNull() {
        Say say = codec.decode(Frame.text("{\"n\":2,\"unknown\":{\"deep\":[1,2,{}]}}"));

        assertNull(say.text());
        assertEquals(2, say.n());
    }

    @Test
    void timesAndIdsAreStrings() {
        var told = new Told(
                new UserId("ann"),
                GroupName.of("room:1"),
                ChannelId.random(),
                MessageId.at(Instant.EPOCH),
                Instant.parse("2026-01-02T03:04:05.006Z"));
        JsonCodec<Told> codec = JsonCodec.of(Told.class);

        Frame frame = codec.encode(told);

        assertTrue(text(frame).contains("\"user\":\"ann\",\"group\":\"room:1\""), text(frame));
        assertTrue(text(frame).contains("\"at\":\"2026-01-02T03:04:05.006Z\""), text(frame));
        assertEquals(told, codec.decode(frame));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$inbox:bob", "", "a\\u0000b", "\\ud800"})
    void aGroupNameFromThePeerThatIsNoneIsInvalid(String name) {
        var refused = refused(JsonCodec.of(Told.class), "{\"group\":\"" + name + "\"}");

        assertEquals(PeerException.INVALID, refused.code());
        assertTrue(refused.text().contains("'group'"), refused.text());
    }

    @Test
    void anIdIsTakenToTheLetter() {
        record Who(UserId user) {}

        assertEquals(
                new UserId(" ann "),
                JsonCodec.of(Who.class)
                        .decode(Frame.text("{\"user\":\" ann \"}"))
                        .user());
        assertEquals(
                PeerException.INVALID,
                refused(JsonCodec.of(Who.class), "{\"user\":\"\"}").code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "not json",
                "{",
                "{\"n\":1}}",
                "{\"n\":1} 2",
                "null",
                "[1]",
                "\"text\"",
                "{'n':1}",
                "NaN",
                "\u0000",
                "{\"n\":1,}"
            })
    void whatIsNoJsonOrOfQuiteAnotherShapeIsMalformed(String frame) {
        PeerException refused = refused(codec, frame);

        assertEquals(PeerException.MALFORMED, refused.code());
        assertTellsNoSecrets(refused);
    }

    @Test
    void theWrongFieldIsNamedByItsPath() {
        PeerException refused =
                refused(JsonCodec.of(Nested.class), "{\"says\":[{\"n\":1},{\"n\":2},{\"n\":\"many\"}]}");

        assertEquals(PeerException.INVALID, refused.code());
        assertTrue(refused.text().contains("says[2].n"), refused.text());
        assertTellsNoSecrets(refused);
    }

    @Test
    void whatARecordRefusesInItsOwnWordsIsToldInThem() {
        PeerException refused = refused(JsonCodec.of(Strict.class), "{\"text\":\"too long\"}");

        assertEquals(PeerException.INVALID, refused.code());
        assertEquals("text must have at most 3 characters", refused.text());
    }

    @Test
    void whatARecordFailsOnIsThePeersMistakeAndTellsNoSecrets() {
        assertTellsNoSecrets(refused(JsonCodec.of(Strict.class), "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNestingIsMalformedAndCostsNoStack(String level) {
        for (JsonCodec<?> each : List.of(codec, any, JsonCodec.of(JsonNode.class))) {
            assertEquals(
                    PeerException.MALFORMED,
                    refused(each, level.repeat(100_000)).code());
        }
        assertEquals(
                PeerException.MALFORMED,
                refused(codec, "{\"unknown\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
                        .code());
    }

    @Test
    void nestingUpToTheBoundIsRead() {
        String deep = "[".repeat(JsonCodec.DEEPEST) + "]".repeat(JsonCodec.DEEPEST);

        assertInstanceOf(List.class, any.decode(Frame.text(deep)));
        assertThrows(PeerException.class, () -> any.decode(Frame.text("[" + deep + "]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "1e400", "1.5e308000000", "-99999999999"})
    void aNumberTooLargeForItsFieldIsInvalid(String number) {
        PeerException refused = refused(codec, "{\"n\":" + number + "}");

        assertEquals(PeerException.INVALID, refused.code());
        assertTellsNoSecrets(refused);
    }

    @Test
    void aNumberOfAMillionDigitsIsRefusedAndNotComputed() {
        String digits = "9".repeat(1_000_000);

        assertTellsNoSecrets(refused(codec, "{\"n\":" + digits + "}"));
        assertTellsNoSecrets(refused(any, "{\"n\":" + digits + "}"));
    }

    @Test
    void jsonInABinaryFrameIsRead() {
        Frame frame = Frame.binary("{\"text\":\"é\",\"n\":1}".getBytes(UTF_8));

        assertEquals(new Say("é", 1), codec.decode(frame));
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        byte[] bytes = "{\"text\":\"x\"}".getBytes(UTF_8);
        bytes[9] = (byte) 0xFF;

        var refused = assertThrows(PeerException.class, () -> codec.decode(Frame.binary(bytes)));

        assertEquals(PeerException.MALFORMED, refused.code());
    }

    @Test
    void aLoneSurrogateNeverLeavesInAFrame() throws CharacterCodingException {
        for (String poison : List.of("\ud800", "a\udc00b", "\udc00\ud800", "x\ud83d")) {
            assertIsUtf8(any.encode(Map.of("t", poison)));
            assertIsUtf8(any.encode(Map.of(poison, "t")));
            assertIsUtf8(any.encode(poison));
            assertIsUtf8(any.encode(JsonNodeFactory.instance.objectNode().put("t", poison)));
        }
    }

    @Test
    void aLoneSurrogateThatComesInCanBeBroadcast() throws CharacterCodingException {
        Object fromText = any.decode(Frame.text("{\"t\":\"\\ud800\"}"));
        assertIsUtf8(any.encode(fromText));

        byte[] bytes = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        try {
            assertIsUtf8(any.encode(any.decode(Frame.binary(bytes))));
        } catch (PeerException refused) {
            assertEquals(PeerException.MALFORMED, refused.code());
        }
    }

    @Test
    void aPayloadOfTheSameFormatIsWrittenAsItIs() {
        Payload payload = new Payload(JsonCodec.FORMAT, Frame.text("{\"b\": 1}"));

        assertSame(payload.frame(), any.encode(payload));
        assertEquals("{\"items\":[{\"b\": 1}]}", text(any.encode(Map.of("items", List.of(payload)))));
    }

    @Test
    void aPayloadOfAnotherFormatIsAStringAndABinaryOneIsBase64() {
        assertEquals("\"say \\\"hi\\\"\"", text(any.encode(new Payload("text", Frame.text("say \"hi\"")))));
        assertEquals("[\"AQID\"]", text(any.encode(List.of(new Payload("bytes", Frame.binary(new byte[] {1, 2, 3}))))));
    }

    @Test
    void whatJacksonCannotWriteIsTheCallersMistake() {
        Map<String, Object> itself = new LinkedHashMap<>();
        itself.put("self", itself);

        assertThrows(IllegalArgumentException.class, () -> any.encode(itself));
        assertThrows(IllegalArgumentException.class, () -> any.encode(new Object()));
    }

    @Test
    void aMapperOfYourOwnIsCopiedAndHasAFormatOfItsOwn() {
        var mapper = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        JsonCodec<Snake> snake = JsonCodec.of(Snake.class, "snake", mapper);
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);

        assertEquals("snake", snake.format());
        assertEquals("{\"first_field\":\"x\"}", text(snake.encode(new Snake("x"))));
        assertEquals(new Snake("x"), snake.decode(Frame.text("{\"first_field\":\"x\"}")));
    }

    private static PeerException refused(JsonCodec<?> codec, String frame) {
        return assertThrows(PeerException.class, () -> codec.decode(Frame.text(frame)));
    }

    private static void assertTellsNoSecrets(PeerException refused) {
        assertFalse(refused.text().contains("io.channelbox"), refused.text());
        assertFalse(refused.text().contains("java."), refused.text());
        assertFalse(refused.text().contains("JsonCodecTest"), refused.text());
    }

    private static void assertIsUtf8(Frame frame) throws CharacterCodingException {
        ByteBuffer bytes = frame.buffer();
        assertEquals(frame.size(), bytes.remaining());
        UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes);
    }

    private static String text(Frame frame) {
        return ((TextFrame) frame).text();
    }

    record Typed(Integer count, String text, Boolean flag) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"count\":1.5}",
                "{\"count\":\"7\"}",
                "{\"count\":\"\"}",
                "{\"text\":5}",
                "{\"text\":true}",
                "{\"text\":1.5}",
                "{\"flag\":7}",
                "{\"flag\":\"true\"}"
            })
    void aValueOfAnotherTypeIsNotGuessedAt(String json) {
        JsonCodec<Typed> codec = JsonCodec.of(Typed.class);

        PeerException refused = assertThrows(PeerException.class, () -> codec.decode(Frame.text(json)));

        assertEquals("invalid", refused.code());
    }
}
