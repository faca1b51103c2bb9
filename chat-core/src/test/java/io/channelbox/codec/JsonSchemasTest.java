package io.channelbox.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.channelbox.codec.Envelope.Mark;
import io.channelbox.codec.JsonSchemas.Way;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A schema says what the codec does: what it writes fits, and what fits is read. */
class JsonSchemasTest {

    private static final int SAMPLES = 20;

    private static final JsonStyle PAYLOAD =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    sealed interface Said {}

    @TypeName("scalars")
    record Scalars(
            String text,
            boolean isTrue,
            byte tiny,
            short small,
            int number,
            Integer boxedNumber,
            long large,
            float half,
            double full,
            char letter,
            BigDecimal money,
            BigInteger huge,
            Instant sentAt,
            Duration howLong,
            LocalDate day,
            LocalTime hour,
            LocalDateTime when,
            OffsetDateTime where,
            UUID uuid,
            UserId userId,
            GroupName group,
            ChannelId channel,
            MessageId message)
            implements Said {}

    @TypeName("optional")
    record Perhaps(
            Optional<String> roomName,
            @Nullable String nickName,
            @Nullable Mood mood,
            Optional<Item> item,
            @Nullable Item other,
            List<Optional<Integer>> gaps,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags)
            implements Said {

        Perhaps {
            tags = Optional.ofNullable(tags).map(List::copyOf).orElse(List.of());
        }
    }

    @TypeName("nested")
    record Nested(
            @JsonProperty("theItem") Item item,
            List<Item> manyItems,
            Map<String, Item> byName,
            Map<Mood, Integer> byMood,
            Set<Mood> moods,
            Page<Item> page,
            Page<List<Integer>> numbers,
            Shape shape,
            List<Shape> shapes,
            Object anything)
            implements Said {}

    @TypeName("tree")
    record Tree(String name, List<Tree> children) implements Said {}

    @TypeName("empty")
    record Empty() implements Said {}

    record Item(Title title, int countOfAll, Optional<Item> inside) {}

    record Title(@JsonValue String value) {}

    record Page<T>(List<T> items, Optional<T> first, boolean hasMore) {}

    enum Mood {
        GOOD,
        @JsonProperty("very-bad")
        BAD
    }

    sealed interface Shape {}

    @TypeName("circle")
    record Circle(int radiusInCm) implements Shape {}

    @TypeName("nothing")
    record Nothing() implements Shape {}

    @TypeName("grouped")
    record Grouped(List<Shape> shapes) implements Shape {}

    sealed interface Brief {}

    @TypeName("line")
    record Line(@JsonValue String text) implements Brief {}

    @TypeName("lines")
    record Lines(@JsonValue List<Line> texts) implements Brief {}

    static Stream<JsonStyle> styles() {
        return Stream.of(
                        JsonStyle.DEFAULT,
                        JsonStyle.DEFAULT.naming(Naming.SNAKE_CASE).discriminator("kind"),
                        PAYLOAD)
                .flatMap(style -> Stream.of(style, style.refusingUnknown()));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void whatIsWrittenFits(JsonStyle style) {
        TypedJsonCodec<Said> codec = TypedJsonCodec.of(Said.class, style);
        for (Class<?> type : codec.types().byName().values()) {
            for (Way way : List.of(Way.OUT, Way.OUT_TOPIC)) {
                Schema schema = schema(codec, type, way);
                for (Object sample : samples(type)) {
                    Envelope envelope = Envelope.NONE.ref("r").marked(Mark.MINE);
                    assertFits(schema, codec.encode(sample));
                    assertFits(schema, codec.wrap(codec.encode(sample), envelope));
                    assertFits(
                            schema,
                            codec.wrap(
                                    codec.encode(sample),
                                    envelope.topic("room:a").seq(7)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("styles")
    void whatFitsIsRead(JsonStyle style) throws JsonProcessingException {
        TypedJsonCodec<Said> codec = TypedJsonCodec.of(Said.class, style);
        for (Class<?> type : codec.types().byName().values()) {
            Schema schema = schema(codec, type, Way.IN);
            for (Object sample : samples(type)) {
                Frame sent = codec.wrap(codec.encode(sample), Envelope.NONE.ref("r"));

                assertFits(schema, sent);
                assertEquals(sample, codec.decode(sent));
                assertWhateverFitsIsRead(codec, schema, sent);
            }
        }
    }

    /** Takes away one field after the other, wherever it stands. */
    private static void assertWhateverFitsIsRead(TypedJsonCodec<Said> codec, Schema schema, Frame sent)
            throws JsonProcessingException {
        JsonNode whole = json(sent);
        for (JsonNode object : objectsIn(whole)) {
            for (Map.Entry<String, JsonNode> field :
                    object.properties().stream().toList()) {
                ((ObjectNode) object).remove(field.getKey());
                if (schema.validate(whole).isEmpty()) {
                    codec.decode(Frame.text(whole.toString()));
                }
                ((ObjectNode) object).set(field.getKey(), field.getValue());
            }
        }
    }

    private static List<JsonNode> objectsIn(JsonNode node) {
        return Stream.concat(
                        Stream.of(node).filter(JsonNode::isObject),
                        Stream.iterate(0, i -> i < node.size(), i -> i + 1)
                                .map(i -> node.properties().isEmpty()
                                        ? node.get(i)
                                        : List.copyOf(node.properties()).get(i).getValue())
                                .flatMap(inner -> objectsIn(inner).stream()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("styles")
    void whatIsMissingOrOfAnotherTypeFitsNeitherTheSchemaNorTheCodec(JsonStyle style) throws JsonProcessingException {
        TypedJsonCodec<Said> codec = TypedJsonCodec.of(Said.class, style);
        Schema schema = schema(codec, Scalars.class, Way.IN);
        ObjectNode frame = (ObjectNode) json(codec.encode(samples(Scalars.class).get(0)));
        ObjectNode fields =
                style.payloadField().map(field -> (ObjectNode) frame.get(field)).orElse(frame);

        for (Map.Entry<String, JsonNode> field : fields.properties().stream().toList()) {
            fields.set(field.getKey(), frame.arrayNode());
            assertFalse(schema.validate(frame).isEmpty(), field.getKey());
            assertThrows(PeerException.class, () -> codec.decode(Frame.text(frame.toString())), field.getKey());

            fields.remove(field.getKey());
            assertFalse(schema.validate(frame).isEmpty(), field.getKey());

            fields.set(field.getKey(), field.getValue());
        }
    }

    @Test
    void aFieldThatIsNotKnownFitsWhereItIsIgnored() throws JsonProcessingException {
        String frame =
                "{\"type\":\"tree\",\"name\":\"a\",\"children\":[{\"type\":\"tree\",\"name\":\"b\",\"children\":[],\"x\":1}]}";
        TypedJsonCodec<Said> ignoring = TypedJsonCodec.of(Said.class, JsonStyle.DEFAULT);
        TypedJsonCodec<Said> refusing = TypedJsonCodec.of(Said.class, JsonStyle.DEFAULT.refusingUnknown());

        assertFits(schema(ignoring, Tree.class, Way.IN), Frame.text(frame));
        assertFalse(schema(refusing, Tree.class, Way.IN)
                .validate(json(Frame.text(frame)))
                .isEmpty());
        assertFits(schema(refusing, Tree.class, Way.OUT), Frame.text(frame));
    }

    @Test
    void aMessageThatIsOneValueIsThatValueInTheField() throws JsonProcessingException {
        TypedJsonCodec<Brief> codec = TypedJsonCodec.of(Brief.class, PAYLOAD);

        for (Class<?> type : codec.types().byName().values()) {
            for (Object sample : samples(type)) {
                assertFits(schema(codec, type, Way.OUT), codec.encode(sample));
                assertFits(schema(codec, type, Way.IN), codec.encode(sample));
                assertEquals(sample, codec.decode(codec.encode(sample)));
            }
        }
        assertFalse(schema(codec, Line.class, Way.IN)
                .validate(json(Frame.text("{\"action\":\"line\"}")))
                .isEmpty());
    }

    @Test
    void aMessageInATopicNamesIt() throws JsonProcessingException {
        TypedJsonCodec<Said> codec = TypedJsonCodec.of(Said.class, PAYLOAD);
        Schema schema = schema(codec, Empty.class, Way.IN_TOPIC);

        assertFits(schema, Frame.text("{\"action\":\"empty\",\"topic\":\"room:a\"}"));
        assertFalse(schema.validate(json(Frame.text("{\"action\":\"empty\"}"))).isEmpty());
    }

    @Test
    void namesAreThoseOfTheStyle() {
        var schemas = new JsonSchemas("#/definitions/");

        Map<String, Object> message = schemas.ofMessage(TypedJsonCodec.of(Said.class, PAYLOAD), Perhaps.class, Way.OUT);

        JsonNode properties = new ObjectMapper().valueToTree(message).get("properties");
        JsonNode payload = properties.get("payload");
        assertEquals(List.of("action", "payload", "ref", "is_mine", "is_current"), names(properties));
        assertEquals(
                List.of("room_name", "nick_name", "mood", "item", "other", "gaps", "tags"),
                names(payload.get("properties")));
        assertEquals("[\"gaps\"]", payload.get("required").toString());
    }

    @Test
    void aTypeIsDescribedOnceAndByItsName() {
        var schemas = new JsonSchemas("#/definitions/");
        TypedJsonCodec<Said> codec = TypedJsonCodec.of(Said.class, JsonStyle.DEFAULT);

        schemas.ofMessage(codec, Nested.class, Way.OUT);
        schemas.ofMessage(codec, Nested.class, Way.IN);

        assertEquals(
                Set.of("Item", "PageOfItem", "PageOfListOfInteger", "Shape", "Circle", "Nothing", "Grouped"),
                schemas.definitions().keySet());
    }

    @Test
    void oneTypeInTwoStylesHasTwoSchemas() {
        var schemas = new JsonSchemas("#/definitions/");

        schemas.ofMessage(TypedJsonCodec.of(Said.class, JsonStyle.DEFAULT), Nested.class, Way.OUT);
        schemas.ofMessage(TypedJsonCodec.of(Said.class, PAYLOAD), Nested.class, Way.OUT);

        assertNotEquals(schemas.definitions().get("Item"), schemas.definitions().get("Item-2"));
    }

    @JsonClassDescription("A thing with a price.")
    record Priced(
            @JsonPropertyDescription("In cents.") int price,
            @JsonPropertyDescription("What it is.") Item item,
            @JsonSerialize(using = ToStringSerializer.class) Page<String> odd,
            Odd odder) {}

    @JsonSerialize(using = ToStringSerializer.class)
    record Odd(int number) {}

    @Test
    void descriptionsAreTakenOverAndWhatIsWrittenInAWayOfItsOwnIsAnything() {
        var schemas = new JsonSchemas("#/definitions/");
        JsonCodec<Priced> codec = JsonCodec.of(Priced.class);

        schemas.ofRead(codec);

        assertEquals(
                "{type=object, description=A thing with a price., properties={"
                        + "price={type=integer, minimum=-2147483648, maximum=2147483647, description=In cents.}, "
                        + "item={allOf=[{$ref=#/definitions/Item}], description=What it is.}, "
                        + "odd={}, odder={}}, required=[price, item, odd, odder]}",
                String.valueOf(schemas.definitions().get("Priced")));
    }

    @Test
    void plainJsonIsDescribedWithoutAnEnvelope() {
        var schemas = new JsonSchemas("#/definitions/");

        assertEquals(
                Map.of("type", "array", "items", Map.of("type", "string")),
                schemas.ofValue(JsonCodec.of(Object.class), String[].class));
        assertEquals(Map.of(), schemas.ofRead(JsonCodec.of(Object.class)));
        assertEquals(Map.of("$ref", "#/definitions/Circle"), schemas.ofValue(JsonCodec.of(Object.class), Circle.class));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<Object> samples(Class<?> type) {
        return Stream.iterate(0, i -> i < SAMPLES, i -> i + 1)
                .map(seed -> new Samples(seed).of(type))
                .toList();
    }

    private static Schema schema(TypedJsonCodec<?> codec, Class<?> type, Way way) {
        var schemas = new JsonSchemas("#/definitions/");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("allOf", List.of(schemas.ofMessage(codec, type, way)));
        document.put("definitions", schemas.definitions());
        SchemaRegistryConfig formats =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_7, builder -> builder.schemaRegistryConfig(formats))
                .getSchema(new ObjectMapper().<JsonNode>valueToTree(document));
    }

    private static void assertFits(Schema schema, Frame frame) {
        try {
            assertEquals(List.of(), schema.validate(json(frame)), () -> ((TextFrame) frame).text());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(Frame frame) throws JsonProcessingException {
        return new ObjectMapper().readTree(((TextFrame) frame).text());
    }
}
