package io.channelbox.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What typed messages look like, in every style. */
class TypedJsonCodecTest {

    private static final JsonStyle FLAT = JsonStyle.DEFAULT;
    private static final JsonStyle ACTION =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    sealed interface Said {}

    @TypeName("chat")
    record Chat(@Nullable String text, String roomName) implements Said {}

    @TypeName("ping")
    record Ping() implements Said {}

    @TypeName("typing")
    record Typing(boolean isTyping, @JsonProperty("theRoom") String roomName) implements Said {
        public boolean isEmpty() {
            return false;
        }

        public String getNothing() {
            return "nothing";
        }
    }

    @TypeName("drawn")
    record Drawn(Shape shape, List<Shape> others, Map<String, Shape> byName) implements Said {}

    sealed interface Shape {}

    @TypeName("circle")
    record Circle(int radiusInCm) implements Shape {}

    @TypeName("nothing")
    record Nothing() implements Shape {}

    @TypeName("group")
    record Grouped(List<Shape> shapes) implements Shape {}

    sealed interface Brief {}

    @TypeName("chat")
    record Line(@JsonValue String text) implements Brief {}

    @TypeName("lines")
    record Lines(@JsonValue List<String> texts) implements Brief {}

    @TypeName("number")
    record Count(@JsonValue int n) implements Brief {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Count {
            if (n < 0) {
                throw new IllegalArgumentException("must not be negative");
            }
        }
    }

    private final TypedJsonCodec<Said> flat = TypedJsonCodec.of(Said.class, FLAT);
    private final TypedJsonCodec<Said> action = TypedJsonCodec.of(Said.class, ACTION);
    private final TypedJsonCodec<Brief> scalars = TypedJsonCodec.of(Brief.class, ACTION);

    @Test
    void aMessageIsFlatOrInAFieldOfItsOwn() {
        assertIs("{\"type\":\"chat\",\"text\":\"hi\",\"roomName\":\"lobby\"}", flat, new Chat("hi", "lobby"));
        assertIs(
                "{\"action\":\"chat\",\"payload\":{\"text\":\"hi\",\"room_name\":\"lobby\"}}",
                action,
                new Chat("hi", "lobby"));
    }

    @Test
    void aRecordWithoutComponentsHasNoFieldsOrANullPayload() {
        assertIs("{\"type\":\"ping\"}", flat, new Ping());
        assertIs("{\"action\":\"ping\",\"payload\":null}", action, new Ping());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"ping\"}",
                "{\"action\":\"ping\",\"payload\":{}}",
                "{\"payload\":null,\"action\":\"ping\"}",
                " { \"pay\\u006coad\" : { \"unknown\" : [ 1 ] } , \"action\" : \"p\\u0069ng\" } "
            })
    void aRecordWithoutComponentsIsReadFromNothingNullAndAnEmptyObject(String json) {
        assertEquals(new Ping(), action.decode(Frame.text(json)));
    }

    @Test
    void aRecordWithAJsonValueIsThatValue() {
        assertIs("{\"action\":\"chat\",\"payload\":\"hello\"}", scalars, new Line("hello"));
        assertIs("{\"action\":\"lines\",\"payload\":[\"a\",\"b\"]}", scalars, new Lines(List.of("a", "b")));
        assertIs("{\"action\":\"number\",\"payload\":7}", scalars, new Count(7));
    }

    @Test
    void componentsAreNamedInTheStyleAndNothingElseIs() {
        assertIs("{\"type\":\"typing\",\"isTyping\":true,\"theRoom\":\"r\"}", flat, new Typing(true, "r"));
        assertIs(
                "{\"action\":\"typing\",\"payload\":{\"is_typing\":true,\"theRoom\":\"r\"}}",
                action,
                new Typing(true, "r"));
        assertIs(
                "{\"action\":\"drawn\",\"payload\":{\"shape\":{\"action\":\"nothing\"},\"others\":[],"
                        + "\"by_name\":{\"bigOne\":{\"action\":\"circle\",\"radius_in_cm\":1}}}}",
                action,
                new Drawn(new Nothing(), List.of(), Map.of("bigOne", new Circle(1))));
    }

    @Test
    void unionsInsideMessagesAreFlatWithTheSameDiscriminator() {
        assertIs(
                "{\"type\":\"drawn\",\"shape\":{\"type\":\"circle\",\"radiusInCm\":3},"
                        + "\"others\":[{\"type\":\"group\",\"shapes\":[{\"type\":\"nothing\"}]}],\"byName\":{}}",
                flat,
                new Drawn(new Circle(3), List.of(new Grouped(List.of(new Nothing()))), Map.of()));
    }

    @Test
    void whatIsNoMessageIsPlainJson() {
        assertEquals("{\"a\":[1,\"b\"]}", text(action.encode(Map.of("a", List.of(1, "b")))));
        assertEquals("\"text\"", text(action.encode("text")));
        assertEquals(
                "{\"x\":{\"action\":\"circle\",\"radius_in_cm\":1}}", text(action.encode(Map.of("x", new Circle(1)))));
    }

    @Test
    void whatAnEnvelopeSaysIsKnownBeforeTheMessageIsRead() {
        Incoming<Said> opened =
                action.open(Frame.text("{\"topic\":\"room:1\",\"ref\":\"r1\",\"action\":\"chat\",\"payload\":[]}"));

        assertEquals(Optional.of("chat"), opened.type());
        assertEquals(Optional.of("r1"), opened.ref());
        assertEquals(Optional.of("room:1"), opened.topic());
        assertThrows(PeerException.class, opened::message);
    }

    @TypeName("everything")
    record Everything(
            Optional<String> text,
            Optional<Page<Circle>> page,
            Instant at,
            Duration length,
            LocalDate day,
            LocalTime time,
            LocalDateTime dayAndTime,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Colour colour,
            Map<LocalDate, Colour> byDay,
            Optional<Shape> shape)
            implements Told {}

    record Page<T>(List<T> items, Optional<T> first) {}

    enum Colour {
        RED_ISH
    }

    sealed interface Told {}

    @Test
    void whatIsEmptyIsLeftOutAndTimesAreTexts() {
        TypedJsonCodec<Told> codec = TypedJsonCodec.of(Told.class, ACTION);
        var everything = new Everything(
                Optional.empty(),
                Optional.of(new Page<>(List.of(new Circle(1)), Optional.empty())),
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                Duration.ofSeconds(90),
                LocalDate.of(2026, 1, 2),
                LocalTime.of(3, 4, 5),
                LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                OffsetDateTime.parse("2026-01-02T03:04:05+01:00"),
                ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]"),
                Colour.RED_ISH,
                Map.of(LocalDate.of(2026, 1, 2), Colour.RED_ISH),
                Optional.of(new Circle(2)));

        assertIs(
                "{\"action\":\"everything\",\"payload\":{"
                        + "\"page\":{\"items\":[{\"action\":\"circle\",\"radius_in_cm\":1}]},"
                        + "\"at\":\"2026-01-02T03:04:05.678901Z\",\"length\":\"PT1M30S\",\"day\":\"2026-01-02\","
                        + "\"time\":\"03:04:05\",\"day_and_time\":\"2026-01-02T03:04:05\","
                        + "\"offset\":\"2026-01-02T03:04:05+01:00\","
                        + "\"zoned\":\"2026-01-02T03:04:05+01:00[Europe/Berlin]\",\"colour\":\"RED_ISH\","
                        + "\"by_day\":{\"2026-01-02\":\"RED_ISH\"},"
                        + "\"shape\":{\"action\":\"circle\",\"radius_in_cm\":2}}}",
                codec,
                everything);
    }

    @Test
    void anOptionalThatIsMissingOrNullIsEmpty() {
        TypedJsonCodec<Told> codec = TypedJsonCodec.of(Told.class, FLAT);

        Everything missing = (Everything) codec.decode(Frame.text("{\"type\":\"everything\"}"));
        Everything ofNull = (Everything)
                codec.decode(Frame.text("{\"type\":\"everything\",\"text\":null,\"page\":{\"first\":null}}"));

        assertEquals(Optional.empty(), missing.text());
        assertEquals(Optional.empty(), ofNull.text());
        assertEquals(Optional.empty(), ofNull.page().orElseThrow().first());
    }

    @Test
    void aComponentThatIsNullIsWrittenAsNull() {
        assertEquals("{\"type\":\"chat\",\"text\":null,\"roomName\":\"r\"}", text(flat.encode(new Chat(null, "r"))));
    }

    @Test
    void whatWasWrittenInAnyStyleIsPutIntoLargerObjectsAsItIs() {
        Payload plain = new Payload(JsonCodec.FORMAT, JsonCodec.of(Object.class).encode(Map.of("roomName", 1)));
        Payload typed = new Payload(action.format(), action.encode(new Chat("hi", "r")));

        assertSame(typed.frame(), action.encode(typed));
        assertEquals(plain.frame(), action.encode(plain));
        assertEquals(typed.frame(), flat.encode(typed));
        assertEquals(
                "[{\"roomName\":1},{\"action\":\"chat\",\"payload\":{\"text\":\"hi\",\"room_name\":\"r\"}},\"text\"]",
                text(flat.encode(List.of(plain, typed, new Payload("text", Frame.text("text"))))));
        assertEquals(
                "[{\"action\":\"chat\",\"payload\":{\"text\":\"hi\",\"room_name\":\"r\"}}]",
                text(JsonCodec.of(Object.class).encode(List.of(typed))));
    }

    @Test
    void oneInterfaceServesAnyNumberOfStyles() {
        var chat = new Chat("hi", "r");
        String snake = text(
                TypedJsonCodec.of(Said.class, FLAT.naming(Naming.SNAKE_CASE)).encode(chat));

        assertEquals("{\"type\":\"chat\",\"text\":\"hi\",\"room_name\":\"r\"}", snake);
        assertEquals("{\"type\":\"chat\",\"text\":\"hi\",\"roomName\":\"r\"}", text(flat.encode(chat)));
    }

    @Test
    void formatsDifferWhereFramesDo() {
        assertEquals("json:type::CAMEL_CASE", flat.format());
        assertEquals("json:action:payload:SNAKE_CASE", action.format());
        assertEquals(
                flat.format(),
                TypedJsonCodec.of(Brief.class, FLAT.payloadIn("p")).format().replace(":p:", "::"));
        assertEquals(
                flat.format(),
                TypedJsonCodec.of(Said.class, FLAT.refusingUnknown()).format());
    }

    @Test
    void theEnvelopeIsPutAroundWhatIsWritten() {
        Frame chat = action.encode(new Chat("hi", "r"));
        Envelope asked = Envelope.NONE.ref("1").topic("room:lobby").seq(7);

        assertEquals(
                "{\"version\":1,\"topic\":\"room:lobby\",\"ref\":\"1\",\"seq\":7,"
                        + "\"action\":\"chat\",\"payload\":{\"text\":\"hi\",\"room_name\":\"r\"},"
                        + "\"is_mine\":true,\"is_current\":false}",
                text(action.wrap(chat, asked.marked(Envelope.Mark.MINE))));
        assertEquals(
                "{\"type\":\"ping\",\"isMine\":false,\"isCurrent\":true}",
                text(flat.wrap(flat.encode(new Ping()), Envelope.NONE.marked(Envelope.Mark.CURRENT))));
        assertEquals(
                "{\"ref\":\"1\",\"type\":\"ping\"}", text(flat.wrap(flat.encode(new Ping()), Envelope.NONE.ref("1"))));
        assertEquals("{\"seq\":-1,\"type\":\"ping\"}", text(flat.wrap(flat.encode(new Ping()), Envelope.NONE.seq(-1))));
        assertSame(chat, action.wrap(chat, Envelope.NONE));
    }

    @Test
    void whatTheEnvelopeSaysIsReadBack() {
        String strange = "\"quoted\" \\ \n \u0000 \ud83d\ude00 é";
        Frame wrapped =
                flat.wrap(flat.encode(new Ping()), Envelope.NONE.ref(strange).topic(strange));

        Incoming<Said> opened = flat.open(wrapped);

        assertEquals(Optional.of(strange), opened.ref());
        assertEquals(Optional.of(strange), opened.topic());
        assertEquals(new Ping(), opened.message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{\"ref\":\"1\",\"isMine\":true,\"isCurrent\":true}",
                " { } |{\"ref\":\"1\",\"isMine\":true,\"isCurrent\":true}",
                " { \"a\" : 1 } |{\"ref\":\"1\",\"a\" : 1,\"isMine\":true,\"isCurrent\":true}",
                "[1]|[1]",
                "\"{}\"|\"{}\"",
                "7|7",
            })
    void theEnvelopeGoesIntoObjectsOnly(String written, String wrapped) {
        Envelope envelope = Envelope.NONE.ref("1").marked(Envelope.Mark.MINE_AND_CURRENT);

        assertEquals(wrapped, text(flat.wrap(Frame.text(written), envelope)));
        assertEquals(
                "{\"isMine\":true,\"isCurrent\":true}",
                text(flat.wrap(Frame.text("{}"), Envelope.NONE.marked(Envelope.Mark.MINE_AND_CURRENT))));
    }

    @Test
    void aBinaryFrameAndAnEmptyOneHaveNoPlaceForAnEnvelope() {
        Frame bytes = Frame.binary(new byte[] {'{', '}'});

        assertSame(bytes, flat.wrap(bytes, Envelope.NONE.ref("1")));
        assertEquals(Frame.text(""), flat.wrap(Frame.text(""), Envelope.NONE.ref("1")));
        assertEquals(Frame.text("{"), flat.wrap(Frame.text("{"), Envelope.NONE.ref("1")));
    }

    @TypeName("typed")
    record HasType(String type) {}

    @TypeName("referred")
    record HasRef(@JsonProperty("ref") String reference) {}

    @TypeName("topical")
    record HasTopic(String topic) {}

    @TypeName("keyed")
    record HasKey(@JsonProperty("idempotency_key") String key) {}

    @ParameterizedTest
    @ValueSource(classes = {HasType.class, HasRef.class, HasTopic.class, HasKey.class})
    void aFlatMessageThatHasAFieldOfTheEnvelopeIsRefusedWithTheCure(Class<?> type) {
        var refused = assertThrows(IllegalArgumentException.class, () -> TypedJsonCodec.of(type, FLAT));

        String text = String.valueOf(refused.getMessage());
        assertTrue(text.contains(type.getName()) && text.contains("payloadIn") && text.contains("@JsonProperty"), text);
        assertEquals(1, TypedJsonCodec.of(type, ACTION).types().byName().size());
    }

    @Test
    void suchAMessageIsNotWrittenEither() {
        assertThrows(IllegalArgumentException.class, () -> flat.encode(new HasType("x")));
        assertThrows(IllegalArgumentException.class, () -> flat.encode(new Line("x")));
        assertEquals("{\"action\":\"typed\",\"payload\":{\"type\":\"x\"}}", text(action.encode(new HasType("x"))));
    }

    @Test
    void aValueHasNoPlaceInAFlatMessage() {
        assertThrows(IllegalArgumentException.class, () -> TypedJsonCodec.of(Brief.class, FLAT));
    }

    @TypeName("unreadable")
    record Unreadable(Thread thread, Runnable work) {}

    @Test
    void whatCannotBeReadIsRefusedAtTheStart() {
        assertThrows(IllegalArgumentException.class, () -> TypedJsonCodec.of(Unreadable.class, FLAT));
    }

    @Test
    void whatJacksonCannotWriteIsTheCallersMistake() {
        assertThrows(IllegalArgumentException.class, () -> action.encode(new Object()));
        assertThrows(IllegalArgumentException.class, () -> action.encode(Map.of("a", new Object())));
    }

    private static <M> void assertIs(String json, TypedJsonCodec<M> codec, M message) {
        assertEquals(json, text(codec.encode(message)));
        assertEquals(message, codec.decode(Frame.text(json)));
        assertEquals(message, codec.decode(Frame.binary(json.getBytes(UTF_8))));
    }

    private static String text(Frame frame) {
        return ((TextFrame) frame).text();
    }
}
