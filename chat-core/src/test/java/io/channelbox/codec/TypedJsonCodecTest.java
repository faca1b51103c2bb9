package io.channelbox.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import io.channelbox.message.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What typed messages look like, in every style. */
class TypedJsonCodecTest {

    private static final JsonStyle FLAT = JsonStyle.DEFAULT;
    private static final JsonStyle ACTION =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    sealed interface Said {}

    @TypeName("chat")
    record Chat(String text, String roomName) implements Said {}

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

    private static <M> void assertIs(String json, TypedJsonCodec<M> codec, M message) {
        assertEquals(json, text(codec.encode(message)));
        assertEquals(message, codec.decode(Frame.text(json)));
        assertEquals(message, codec.decode(Frame.binary(json.getBytes(UTF_8))));
    }

    private static String text(Frame frame) {
        return ((TextFrame) frame).text();
    }
}
