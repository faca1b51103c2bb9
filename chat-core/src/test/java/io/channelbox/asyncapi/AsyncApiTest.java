package io.channelbox.asyncapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.channelbox.asyncapi.Protocols.Attachment;
import io.channelbox.asyncapi.Protocols.ClientMessage;
import io.channelbox.asyncapi.Protocols.Said;
import io.channelbox.asyncapi.Protocols.Say;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.EndpointDescription;
import io.channelbox.consumer.ErrorReply;
import io.channelbox.consumer.Subscribe;
import io.channelbox.consumer.Subscribed;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.message.MessageId;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document says what is mounted, and is one by the published schema. */
class AsyncApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final AsyncApi EVERYTHING = AsyncApi.of("Chat", "1.2.3", Protocols.all())
            .describedAs("Rooms & more.\n\nSpeak *freely*.")
            .servedAt(URI.create("wss://chat.example:8443/app"))
            .withErrorCode("room_full", "this room | is full")
            .withCloseCode(new CloseStatus(4800, "kicked"), "somebody threw you out");

    @Test
    void theDocumentIsOneByThePublishedSchema() throws IOException {
        Schema published = published();

        assertEquals(List.of(), published.validate(json(EVERYTHING)));
        assertEquals(List.of(), published.validate(json(AsyncApi.of("Nothing", "0", List.of()))));
    }

    @Test
    void thePublishedSchemaSeesADocumentThatIsNone() throws IOException {
        for (String field : List.of("asyncapi", "info")) {
            ObjectNode document = (ObjectNode) json(EVERYTHING);
            document.remove(field);
            assertFalse(published().validate(document).isEmpty());
        }
        ObjectNode document = (ObjectNode) json(EVERYTHING);
        ((ObjectNode) document.at("/channels/ws.chat.room_id")).put("adress", "/");
        assertFalse(published().validate(document).isEmpty());
        document = (ObjectNode) json(EVERYTHING);
        ((ObjectNode) document.at("/components/messages/Say/payload/properties/text")).put("type", "text");
        assertFalse(published().validate(document).isEmpty());
    }

    private static Schema published() throws IOException {
        try (InputStream schema = AsyncApiTest.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(Objects.requireNonNull(schema, "schema"));
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);

        List<String> references = document.findValuesAsText("$ref");

        assertTrue(references.size() > 50);
        for (String reference : references) {
            assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    @Test
    void namesAreThoseThatAsyncApiAllows() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);

        for (String place : List.of("/channels", "/operations", "/components/messages", "/components/schemas")) {
            for (String name : names(document.at(place))) {
                assertTrue(name.matches("[\\w.-]+"), name);
            }
        }
    }

    @Test
    void anEndpointIsAChannelWithItsParameters() throws JsonProcessingException {
        JsonNode channel = json(EVERYTHING).at("/channels/ws.chat.room_id");

        assertEquals("/ws/chat/{room_id}", channel.at("/address").asText());
        assertEquals(List.of("room_id"), names(channel.at("/parameters")));
        assertEquals(
                "A message has at most 65,536 bytes; a larger one closes the connection with 1009. One that cannot be read"
                        + " is answered with an error, and closes it with 4400 after 10 in a row. One that the server fails"
                        + " at closes it with 1011.",
                channel.at("/description").asText());
    }

    @Test
    void whatOptionsChangeIsSaid() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);

        assertEquals(
                "A message has at most 65,536 bytes; a larger one closes the connection with 1009. One that cannot be read"
                        + " closes it with 1003. One that the server fails at is answered with the error `failed`. A field"
                        + " that is not described here is refused. The first frame tells what came of the handshake;"
                        + " who is refused is closed after it. Every message is followed by `complete` when the server"
                        + " is done with it, and everything that was said in a group by `group_complete`. A connection on"
                        + " which nothing happens for 30 min is closed with 4410.",
                document.at("/channels/ws.snake/description").asText());
        assertEquals(
                List.of("said", "pong", "ack", "oops", "authentication", "complete", "group_complete"),
                messages(document, "send.ws.snake", "messages"));
    }

    @Test
    void messagesAreNamedBothWaysAndWhatMayAnswer() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);

        assertEquals(
                "receive",
                document.at("/operations/receive.ws.chat.room_id/action").asText());
        assertEquals(List.of("say", "ping"), messages(document, "receive.ws.chat.room_id", "messages"));
        assertEquals(List.of("said", "pong", "ack", "error"), messages(document, "send.ws.chat.room_id", "messages"));
        assertEquals(
                List.of("said", "pong", "ack", "error"),
                messages(document, "receive.ws.chat.room_id", "reply/messages"));
    }

    @Test
    void topicsAreChannelsThatNameTheirCarrier() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);
        JsonNode topic = document.at("/channels/ws.topics.room.id");

        assertEquals("room:{id}", topic.at("/address").asText());
        assertEquals(List.of("id"), names(topic.at("/parameters")));
        assertEquals("#/channels/ws.topics", topic.at("/x-topic/carriedBy").asText());
        assertEquals(List.of("say", "ping"), messages(document, "receive.ws.topics.room.id", "messages"));
        assertEquals(List.of("said", "ack", "error"), messages(document, "send.ws.topics.room.id", "messages"));
        assertEquals("news", document.at("/channels/ws.topics.news/address").asText());
    }

    @Test
    void aConnectionOfManyTopicsIsSubscribedByMessages() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);

        assertEquals(List.of("subscribe"), messages(document, "subscribe.ws.topics", "messages"));
        assertEquals(List.of("subscribed", "error"), messages(document, "subscribe.ws.topics", "reply/messages"));
        assertEquals(List.of("unsubscribe"), messages(document, "unsubscribe.ws.topics", "messages"));
        assertEquals(List.of("unsubscribed", "error"), messages(document, "unsubscribe.ws.topics", "reply/messages"));
        assertEquals(
                List.of("error", "subscribed", "lost", "unsubscribed"),
                messages(document, "send.ws.topics", "messages"));
        assertTrue(document.at("/operations/receive.ws.topics").isMissingNode());
    }

    @Test
    void topicsWithPresenceAndReceiptsSpeakOfThem() throws JsonProcessingException {
        try (ChannelBox box = ChannelBox.builder().build();
                Presence presence = Presence.in(box).build()) {
            Topics topics = Protocols.topics().presence(presence).receipts();
            JsonNode document = json(AsyncApi.of(
                    "Chat", "1", List.of(Protocols.at("/ws/topics", ConsumerOptions.DEFAULT, topics.hub()))));

            assertEquals(
                    List.of("say", "ping", "presence", "status", "typing", "received"),
                    messages(document, "receive.ws.topics.news", "messages"));
            assertEquals(
                    List.of("said", "presence_state", "presence_diff", "typing", "delivered", "ack", "error"),
                    messages(document, "send.ws.topics.news", "messages"));
        }
    }

    @Test
    void anEndpointThatIsOneTopicHasItsMessages() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);

        assertEquals(
                "room:{id}",
                document.at("/channels/ws.topics.room.id-2/x-topic/pattern").asText());
        assertEquals(List.of("say", "ping"), messages(document, "receive.ws.topics.room.id-2", "messages"));
        assertEquals(
                List.of(
                        "said",
                        "subscribed",
                        "lost",
                        "unsubscribed",
                        "ack",
                        "error",
                        "authentication",
                        "complete",
                        "group_complete"),
                messages(document, "send.ws.topics.room.id-2", "messages"));
    }

    @Test
    void whatIsNoJsonHasItsContentType() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);

        assertEquals(
                "text/plain",
                document.at("/components/messages/text/contentType").asText());
        assertEquals(List.of("text"), messages(document, "send.root", "messages"));
        assertEquals(List.of("binary"), messages(document, "receive.ws.bytes", "messages"));
        assertEquals(List.of("frame"), messages(document, "receive.ws.frames", "messages"));
        assertEquals(List.of("message"), messages(document, "receive.ws.frames-2", "messages"));
        assertEquals(
                "{}",
                message(document, "send.ws.frames-2", "error").get("payload").toString());
    }

    @Test
    void theMessagesOfTheLibraryFitTheirSchemas() throws JsonProcessingException {
        JsonNode document = json(EVERYTHING);
        var typed = TypedJsonCodec.of(ClientMessage.class, JsonStyle.DEFAULT);
        var snake = TypedJsonCodec.of(ClientMessage.class, Protocols.SNAKE);
        Envelope answer = Envelope.NONE.ref("1");
        var mistake = new PeerException(PeerException.INVALID, "no", List.of(new Problem("text", "is missing")));
        var said = new Said(
                new UserId("ann"),
                "hi",
                Instant.EPOCH,
                List.of(new Attachment("a", 1, Optional.of(new Attachment("b", 2, Optional.empty())))));
        var ack = new Ack(Optional.of(MessageId.at(Instant.EPOCH)), Optional.of(new StreamPosition("e", 1)));
        String room = "ws.chat.room_id";
        String topic = "ws.topics.room.id";

        assertFits(document, "receive." + room, "say", typed, new Say("hi", Optional.empty()), answer);
        assertFits(document, "send." + room, "said", typed, said, Envelope.NONE.marked(Envelope.Mark.MINE));
        assertFits(document, "send." + room, "ack", typed, ack, answer);
        assertFits(document, "send." + room, "error", typed, ErrorReply.to(mistake), answer);
        assertFits(document, "receive." + topic, "say", snake, new Say("hi", Optional.of("x")), answer.topic("room:a"));
        assertFits(
                document,
                "subscribe.ws.topics",
                "subscribe",
                snake,
                new Subscribe(Optional.empty(), Optional.of(50)),
                answer.topic("room:a"));
        assertFits(
                document,
                "send." + topic,
                "said",
                snake,
                said,
                Envelope.NONE.topic("room:a").seq(4));
        assertFits(
                document,
                "send.ws.topics",
                "subscribed",
                snake,
                new Subscribed(Optional.empty(), Optional.of(false), Optional.empty()),
                answer.topic("room:a"));
        assertFits(document, "send.ws.topics", "error", snake, TopicError.to(mistake), answer.topic("room:a"));
    }

    private static void assertFits(
            JsonNode document, String operation, String name, TypedJsonCodec<?> codec, Object object, Envelope envelope)
            throws JsonProcessingException {
        ObjectNode schema = JSON.createObjectNode();
        schema.set("components", document.get("components"));
        schema.set(
                "allOf",
                JSON.createArrayNode().add(message(document, operation, name).get("payload")));
        JsonNode frame = JSON.readTree(((TextFrame) codec.wrap(codec.encode(object), envelope)).text());
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(schema)
                        .validate(frame),
                () -> name + " " + frame);
    }

    @Test
    void everyCodeOfTheLibraryIsExplained() throws JsonProcessingException, IllegalAccessException {
        JsonNode info = json(EVERYTHING).get("info");

        for (Class<?> codes : List.of(PeerException.class, TopicError.class)) {
            for (Object code : constants(codes, String.class)) {
                assertTrue(info.get("x-error-codes").findValuesAsText("code").contains(code), code + " in Codes");
            }
        }
        for (Object constant : constants(CloseStatus.class, CloseStatus.class)) {
            CloseStatus status = (CloseStatus) constant;
            if (status.isSendable()) {
                JsonNode close = StreamSupport.stream(info.get("x-close-codes").spliterator(), false)
                        .filter(each -> each.get("code").asInt() == status.code())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(status + " in Codes"));
                assertEquals(status.invitesBack(), close.get("connectAgain").asBoolean());
            }
        }
    }

    private static List<Object> constants(Class<?> owner, Class<?> type) throws IllegalAccessException {
        List<Object> constants = new ArrayList<>();
        for (Field field : owner.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && Modifier.isPublic(field.getModifiers())
                    && field.getType() == type) {
                constants.add(Objects.requireNonNull(field.get(null)));
            }
        }
        assertFalse(constants.isEmpty());
        return constants;
    }

    @Test
    void theCloseCodesAreThoseOfTheDocumentation() throws IOException {
        List<String> documented = Stream.of(
                        Files.readString(Path.of("../docs/close-codes.md")).split("\n"))
                .filter(line -> line.matches("\\| \\d{4} .*"))
                .map(line -> line.substring(2, 6))
                .filter(code -> !code.equals("1005") && !code.equals("1006"))
                .toList();

        List<String> described =
                Codes.CLOSES.stream().map(code -> String.valueOf(code.code())).toList();

        assertTrue(described.containsAll(documented), () -> documented + " in Codes, which has " + described);
    }

    @Test
    void codesOfTheApplicationAreAddedAndCodesOfTopicsStandWhereTopicsAre() throws JsonProcessingException {
        JsonNode info = json(EVERYTHING).get("info");
        JsonNode without =
                json(AsyncApi.of("Chat", "1", List.of(Protocols.room()))).get("info");

        assertTrue(info.get("x-error-codes").findValuesAsText("code").contains("room_full"));
        assertTrue(info.get("x-close-codes").findValuesAsText("code").contains("4800"));
        assertTrue(info.get("description").asText().startsWith("Rooms & more.\n\nSpeak *freely*.\n\n## Error codes\n"));
        assertTrue(info.get("description").asText().contains("| `room_full` | this room \\| is full |\n"));
        assertFalse(without.get("x-error-codes").findValuesAsText("code").contains("unknown_topic"));
    }

    @Test
    void theServerIsNamedByItsAddress() throws JsonProcessingException {
        assertEquals(
                "{\"host\":\"chat.example:8443\",\"pathname\":\"/app\",\"protocol\":\"wss\"}",
                json(EVERYTHING).at("/servers/main").toString());
        assertThrows(IllegalArgumentException.class, () -> EVERYTHING.servedAt(URI.create("https://chat.example")));
    }

    @Test
    void yamlSaysWhatJsonSays() throws JsonProcessingException {
        assertEquals(json(EVERYTHING), new YAMLMapper().readTree(EVERYTHING.toYaml()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.json", "api.yaml", "api.yml", "API.HTML"})
    void oneCallWritesAFile(String name, @TempDir Path folder) throws IOException {
        Path file = folder.resolve(name);

        EVERYTHING.writeTo(file);

        assertTrue(List.of(EVERYTHING.toJson(), EVERYTHING.toYaml(), EVERYTHING.toHtml())
                .contains(Files.readString(file)));
    }

    @Test
    void anotherEndingIsRefused(@TempDir Path folder) {
        assertThrows(IllegalArgumentException.class, () -> EVERYTHING.writeTo(folder.resolve("api.txt")));
    }

    @Test
    void twoMountsOfOneProtocolShareItsMessages() throws JsonProcessingException {
        EndpointDescription other = Protocols.at("/ws/other", ConsumerOptions.DEFAULT, Protocols.RoomConsumer::new);

        JsonNode document = json(AsyncApi.of("Chat", "1", List.of(Protocols.room(), other)));

        assertEquals(
                List.of("Say", "Ping", "Said", "Pong", "Ack", "ErrorReply"),
                names(document.at("/components/messages")));
    }

    private static JsonNode json(AsyncApi api) throws JsonProcessingException {
        return JSON.readTree(api.toJson());
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> messages(JsonNode document, String operation, String field) {
        return StreamSupport.stream(
                        document.at("/operations/" + operation + "/" + field).spliterator(), false)
                .map(reference -> resolve(document, reference).get("name").asText())
                .toList();
    }

    private static JsonNode message(JsonNode document, String operation, String name) {
        return StreamSupport.stream(
                        document.at("/operations/" + operation + "/messages").spliterator(), false)
                .map(reference -> resolve(document, reference))
                .filter(message -> message.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + operation));
    }

    private static JsonNode resolve(JsonNode document, JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            at = document.at(at.get("$ref").asText().substring(1));
        }
        return at;
    }
}
