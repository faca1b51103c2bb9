package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelbox.examples.support.TextSocket;
import io.channelbox.examples.system.ChatClient.Answer;
import io.channelbox.examples.system.ChatClient.Listening;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every line of the original's description, as its curl commands and its page send it, and every field of what it answers. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class WireFormatTest {

    private static final Set<String> CONVERSATION = Set.of(
            "id",
            "conversation_type",
            "name",
            "description",
            "avatar_url",
            "is_active",
            "created_at",
            "updated_at",
            "last_message_at",
            "participant_count",
            "unread_count",
            "last_message");
    private static final Set<String> PARTICIPANT = Set.of(
            "id",
            "user_id",
            "conversation_id",
            "username",
            "user_avatar",
            "role",
            "is_muted",
            "joined_at",
            "last_read_at");
    private static final Set<String> MESSAGE = Set.of(
            "id",
            "user_id",
            "conversation_id",
            "username",
            "user_avatar",
            "content",
            "message_type",
            "reply_to_id",
            "is_edited",
            "is_deleted",
            "created_at",
            "edited_at");
    private static final Set<String> PRESENCE =
            Set.of("user_id", "username", "user_avatar", "status", "status_message", "last_active");

    private RunningChat program;
    private int port;
    private ChatClient ann;
    private ChatClient bob;
    private ChatClient cid;
    private long group;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        program = RunningChat.in(folder);
        port = program.port();
        ann = ChatClient.login(port, "ann");
        bob = ChatClient.login(port, "bob");
        cid = ChatClient.login(port, "cid");
        group = ann.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"Team\",\"participant_ids\":[\"bob\"]}")
                .body()
                .path("id")
                .asLong();
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @Test
    void aConversationHasAllItsFieldsWhereverItIsShown() throws Exception {
        JsonNode made = ok(ann.post(
                "/conversations", "{\"conversation_type\":\"group\",\"name\":\"Fields\",\"participant_ids\":[]}"));
        JsonNode listed = ok(ann.get("/conversations")).path(0);
        JsonNode direct = ok(ann.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"hi\"}"));

        assertHas(CONVERSATION, made);
        assertHas(CONVERSATION, listed);
        assertHas(CONVERSATION, direct);
        assertTrue(made.path("description").isNull());
        assertEquals(1, made.path("participant_count").asInt());
        assertTrue(direct.path("name").isNull());
        assertTrue(made.path("created_at").isTextual());
        Instant.parse(made.path("created_at").asText());
    }

    @Test
    void aGroupWithoutANameIsCalledAsThoseInIt() throws Exception {
        JsonNode made =
                ok(ann.post("/conversations", "{\"conversation_type\":\"group\",\"participant_ids\":[\"bob\"]}"));

        assertEquals("Ann, Bob", made.path("name").asText());
    }

    @Test
    void aParticipantHasAllItsFieldsAndWhoCameFirstComesFirst() throws Exception {
        JsonNode participants = ok(bob.get("/conversations/" + group + "/participants"));

        assertHas(PARTICIPANT, participants.path(0));
        assertEquals(
                List.of("Ann", "Bob"),
                List.of(
                        participants.path(0).path("username").asText(),
                        participants.path(1).path("username").asText()));
        assertFalse(participants.path(1).path("is_muted").asBoolean());
    }

    @Test
    void aMessageHasAllItsFieldsInTheAnswerInThePageAndOnTheSocket() throws Exception {
        try (Listening there = bob.listen(group)) {
            assertHas(Set.of("type", "conversation_id", "timestamp"), there.next());

            JsonNode said = ok(ann.post(
                    "/messages",
                    "{\"conversation_id\":%d,\"content\":\"hi\",\"message_type\":\"text\",\"reply_to_id\":null}"
                            .formatted(group)));

            assertHas(MESSAGE, said);
            JsonNode frame = there.next();
            assertHas(Set.of("type", "conversation_id", "message", "timestamp"), frame);
            assertEquals(withoutNulls(said), frame.path("message"));
            JsonNode page = ok(bob.get("/conversations/" + group + "/messages?limit=1"));
            assertHas(MESSAGE, page.path(0));
            assertEquals(said.path("id"), page.path(0).path("id"));
        }
    }

    @Test
    void thePageBeforeAMessageIsOldestFirstAndFollowsItWithoutAGap() throws Exception {
        long id = newGroup();
        for (int i = 1; i <= 7; i++) {
            say(ann, id, "m" + i);
        }
        long last = say(ann, id, "gone").path("id").asLong();
        ann.delete("/messages/" + last);

        JsonNode newest = ok(bob.get("/conversations/" + id + "/messages?limit=3"));
        long oldest = newest.path(0).path("id").asLong();
        JsonNode before = ok(bob.get("/conversations/" + id + "/messages?limit=3&before_id=" + oldest));

        assertEquals(List.of("m5", "m6", "m7"), newest.findValuesAsText("content"));
        assertEquals(List.of("m2", "m3", "m4"), before.findValuesAsText("content"));
        assertEquals(
                7,
                ok(bob.get("/conversations/" + id + "/messages?limit=100000")).size());
    }

    @Test
    void anEditIsInTheBodyAndADeletionSaysSuccess() throws Exception {
        long id = say(ann, group, "tpyo").path("id").asLong();

        JsonNode edited = ok(ann.put("/messages/" + id, "{\"content\":\"typo\"}"));
        Answer inTheQuery = ann.put("/messages/" + id + "?content=query", "{}");
        JsonNode deleted = ok(ann.delete("/messages/" + id));
        Answer again = ann.delete("/messages/" + id);

        assertHas(MESSAGE, edited);
        assertTrue(edited.path("is_edited").asBoolean());
        assertTrue(edited.path("edited_at").isTextual());
        assertEquals(422, inTheQuery.status());
        assertEquals("{\"success\":true}", deleted.toString());
        assertEquals(404, again.status());
        assertEquals(
                "{\"detail\":\"Message not found or unauthorized\"}",
                again.body().toString());
    }

    @Test
    void readingSaysSuccessTellsTheOthersAndForAStrangerThereIsNoSuchConversation() throws Exception {
        long id = newGroup();
        say(ann, id, "read me");
        try (Listening there = ann.listen(id)) {
            there.next();

            assertEquals(
                    "{\"success\":true}",
                    ok(bob.post("/conversations/" + id + "/read", "")).toString());

            JsonNode receipt = there.next();
            assertEquals("read_receipt", receipt.path("type").asText());
            assertEquals("bob", receipt.path("user_id").asText());
            assertEquals("Bob", receipt.path("username").asText());
        }
        assertEquals(404, cid.post("/conversations/" + id + "/read", "").status());
    }

    @Test
    void whoJoinsAndLeavesIsTold() throws Exception {
        long id = newGroup();
        try (Listening there = bob.listen(id)) {
            there.next();

            ok(ann.post("/conversations/" + id + "/participants", "{\"user_id\":\"cid\"}"));
            ok(cid.post("/conversations/" + id + "/leave", ""));

            JsonNode joined = there.next();
            assertEquals("user_joined", joined.path("type").asText());
            assertEquals("cid", joined.path("user_id").asText());
            JsonNode left = there.next();
            assertEquals("user_left", left.path("type").asText());
            assertEquals("Cid", left.path("username").asText());
        }
    }

    /** X49. */
    @Test
    void aDirectMessageIsTold() throws Exception {
        long id = ok(ann.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"first\"}"))
                .path("id")
                .asLong();
        try (Listening there = bob.listen(id)) {
            there.next();

            ok(ann.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"second\"}"));

            assertEquals("second", there.next().at("/message/content").asText());
        }
    }

    @Test
    void aDirectMessageIsSaidOnceForEachClientId() throws Exception {
        String body = "{\"recipient_user_id\":\"bob\",\"content\":\"once\",\"client_id\":\"d1\"}";
        long id = ok(ann.post("/direct", body)).path("id").asLong();
        long before = ok(bob.get("/conversations/" + id)).path("last_sequence").asLong();

        ok(ann.post("/direct", body));

        assertEquals(
                before,
                ok(bob.get("/conversations/" + id)).path("last_sequence").asLong());
    }

    @Test
    void typingIsToldToTheOthersAndEndsWithWhatIsSaid() throws Exception {
        long id = newGroup();
        try (Listening there = bob.listen(id);
                Listening own = ann.listen(id)) {
            there.next();
            own.next();

            JsonNode answer = ok(ann.post("/typing", "{\"conversation_id\":%d,\"is_typing\":true}".formatted(id)));
            say(ann, id, "done");

            assertEquals("{\"success\":true}", answer.toString());
            JsonNode typing = there.next();
            assertHas(Set.of("type", "conversation_id", "typing", "timestamp"), typing);
            assertHas(Set.of("user_id", "username", "is_typing", "started_at"), typing.path("typing"));
            assertTrue(typing.at("/typing/is_typing").asBoolean());
            assertEquals("message", there.next().path("type").asText());
            assertFalse(there.next().at("/typing/is_typing").asBoolean(true));
            assertEquals("message", own.next().path("type").asText());
        }
    }

    @Test
    void presenceHasAllItsFieldsAndAwayAndBusyAreOnlineToo() throws Exception {
        JsonNode said = ok(cid.post("/presence", "{\"status\":\"away\",\"status_message\":\"back at two\"}"));

        assertHas(PRESENCE, said);
        JsonNode online = ok(ann.get("/users/online"));
        assertTrue(online.findValuesAsText("user_id").contains("cid"));
        assertTrue(online.findValuesAsText("status_message").contains("back at two"));
        assertEquals(422, cid.post("/presence", "{\"status\":\"asleep\"}").status());
    }

    /** X54: a connection changes nothing of what was said, and what cannot be read does not leave anybody online. */
    @Test
    void aConnectionDoesNotOverwriteWhatSomebodySaysOfThemselves() throws Exception {
        ok(bob.post("/presence", "{\"status\":\"busy\",\"status_message\":\"deep work\"}"));
        try (Listening there = bob.listen(group)) {
            there.next();

            assertTrue(ok(ann.get("/users/online"))
                    .findValuesAsText("status_message")
                    .contains("deep work"));
            there.send("not json");
            assertEquals("error", there.next().path("type").asText());
            there.send("{\"type\":\"ping\"}");
            assertEquals("pong", there.next().path("type").asText());
        } finally {
            ok(bob.post("/presence", "{\"status\":\"online\"}"));
        }
    }

    @Test
    void contactsAndUsersAreListedByTheirNames() throws Exception {
        for (String path : List.of("/contacts", "/users")) {
            JsonNode users = ok(ann.get(path));

            assertEquals(List.of("Bob", "Cid"), users.findValuesAsText("name"));
            assertEquals(List.of("bob", "cid"), users.findValuesAsText("id"));
        }
    }

    @Test
    void everyResourceAsksForAToken() throws Exception {
        ChatClient nobody = ChatClient.withToken(port, "");
        ChatClient demo = ChatClient.withToken(port, "demo-token");

        for (String path :
                List.of("/conversations", "/users/online", "/users", "/contacts", "/blocks", "/groups", "/nothing")) {
            assertEquals(401, nobody.get(path).status(), path);
            assertEquals(
                    "{\"detail\":\"Not authenticated\"}", demo.get(path).body().toString());
        }
        assertEquals(401, nobody.post("/messages", "{}").status());
    }

    /** X46 and the fallback of the original's page: a token is neither a user's id nor a fixed word. */
    @Test
    void aSocketAsksForATokenToo() throws Exception {
        for (String token : List.of("", "ann", "demo-token")) {
            URI uri = URI.create("ws://localhost:%d/api/v1/chat/ws/%d?token=%s".formatted(port, group, token));

            TextSocket socket = TextSocket.connect(uri, Map.of());

            assertEquals(4401, socket.closeCode());
        }
    }

    @Test
    void aSocketMayComeFromNoPageOrOursButNotFromAnother() throws Exception {
        URI uri = URI.create("ws://localhost:%d/api/v1/chat/ws/%d?token=%s".formatted(port, group, ann.token()));

        TextSocket none = TextSocket.connect(uri, Map.of());
        TextSocket ours = TextSocket.connect(uri, Map.of("Origin", "http://localhost:" + port));
        TextSocket foreign = TextSocket.connect(uri, Map.of("Origin", "https://evil.example"));

        assertTrue(none.receive().contains("connected"));
        assertTrue(ours.receive().contains("connected"));
        assertEquals(4403, foreign.closeCode());
        none.close();
        ours.close();
    }

    /** The hook loads messages, opens a socket, sends over REST, appends what arrives on the socket, and pings. */
    @Test
    void theExchangeOfTheReactHook() throws Exception {
        long id = newGroup();
        say(bob, id, "before");
        JsonNode loaded = ok(ann.get("/conversations/" + id + "/messages"));
        try (Listening socket = ann.listen(id)) {
            assertEquals("connected", socket.next().path("type").asText());
            ok(ann.post("/messages", "{\"conversation_id\":%d,\"content\":\"from the hook\"}".formatted(id)));
            JsonNode appended = socket.next().path("message");
            socket.send("{\"type\":\"ping\"}");
            JsonNode pong = socket.next();

            assertTrue(loaded.isArray());
            assertEquals("before", loaded.path(0).path("content").asText());
            assertEquals("from the hook", appended.path("content").asText());
            assertEquals("ann", appended.path("user_id").asText());
            assertHas(Set.of("type", "timestamp"), pong);
        }
    }

    @Test
    void mistakesAreToldWithTheirPlacesInTheBodyTheQueryAndThePath() throws Exception {
        assertMistake(
                "body,participant_ids", "missing", ann.post("/conversations", "{\"conversation_type\":\"group\"}"));
        assertMistake(
                "body,conversation_type",
                "value_error",
                ann.post("/conversations", "{\"conversation_type\":\"secret\",\"participant_ids\":[]}"));
        assertMistake(
                "body,participant_ids",
                "value_error",
                ann.post("/conversations", "{\"conversation_type\":\"direct\",\"participant_ids\":[\"ann\"]}"));
        assertMistake(
                "body,reply_to_id",
                "value_error",
                ann.post("/messages", "{\"conversation_id\":%d,\"content\":\"x\",\"reply_to_id\":0}".formatted(group)));
        assertMistake(
                "body,message_type",
                "value_error",
                ann.post(
                        "/messages",
                        "{\"conversation_id\":%d,\"content\":\"x\",\"message_type\":\"system\"}".formatted(group)));
        assertMistake("query,limit", "value_error", ann.get("/conversations/" + group + "/messages?limit=0"));
        assertMistake("query,limit", "type_error", ann.get("/conversations/" + group + "/messages?limit=many"));
        assertMistake("query,before_id", "value_error", ann.get("/conversations/" + group + "/messages?before_id=-1"));
        assertMistake("path,id", "type_error", ann.get("/conversations/one/messages"));
        assertMistake("body", "json_invalid", ann.post("/direct", "[1"));
        assertMistake("body,recipient_user_id", "missing", ann.post("/direct", "{\"content\":\"x\"}"));
        assertMistake("body,is_typing", "missing", ann.post("/typing", "{\"conversation_id\":%d}".formatted(group)));
        assertEquals(405, ann.put("/direct", "{}").status());
        assertEquals("{\"detail\":\"Not Found\"}", ann.get("/nothing").body().toString());
    }

    @Test
    void aMistakeIsInAFieldThatIsThere() throws Exception {
        String message = "{\"conversation_id\":%s,\"content\":%s,\"reply_to_id\":%s}";

        assertMistake("body,reply_to_id", "value_error", ann.post("/messages", message.formatted(group, "\"x\"", 999)));
        assertMistake(
                "body,conversation_id", "type_error", ann.post("/messages", message.formatted("1.7", "\"x\"", 1)));
        assertMistake("body,content", "type_error", ann.post("/messages", message.formatted(group, "7", 1)));
        assertMistake(
                "body,message_id",
                "value_error",
                ann.post("/conversations/" + group + "/read", "{\"message_id\":999}"));
        assertMistake(
                "body,recipient_user_id",
                "value_error",
                ann.post("/direct", "{\"recipient_user_id\":\"ann\",\"content\":\"me\"}"));
        assertMistake("path,user_id", "value_error", ann.put("/blocks/ann", ""));
        assertMistake(
                "body,avatar_url",
                "value_error",
                ann.put("/conversations/" + group, "{\"avatar_url\":\"%s\"}".formatted("a".repeat(5_000))));
    }

    @Test
    void aPathThatReadsOtherwiseThanItLeadsIsNotFound() throws Exception {
        for (String path : List.of("conversations/%2e%2e", "uploads/.%2E;x", "conversations/..", "blocks/%2e/")) {
            String head =
                    "GET /api/v1/chat/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path);

            assertTrue(RawRequest.begin(port, head).startsWith("HTTP/1.1 404"), path);
        }
    }

    @Test
    void whatNoControllerAnswersHasTheSameShape() throws Exception {
        assertEquals(
                "{\"detail\":\"Bad Request\"}",
                ann.get("/conversations/1%00/x").body().toString());
        assertEquals(
                "{\"detail\":\"Bad Request\"}",
                ann.get("/conversations/1%2fx").body().toString());
        String error = RawRequest.begin(port, "GET /error HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(error.startsWith("HTTP/1.1 404") && error.contains("{\"detail\":\"Not Found\"}"), error);
        assertEquals(
                "application/json", ChatClient.withToken(port, "").get("/users").header("Content-Type"));
    }

    /** X47, X48: who is not in a conversation gets 403 for each thing one can do there, and the same where there is none. */
    @Test
    void aStrangerIsRefusedTheSameWayEverywhere() throws Exception {
        for (long id : List.of(group, 999_999L)) {
            assertRefused(cid.get("/conversations/" + id));
            assertRefused(cid.get("/conversations/" + id + "/participants"));
            assertRefused(cid.get("/conversations/" + id + "/messages"));
            assertRefused(cid.post("/messages", "{\"conversation_id\":%d,\"content\":\"x\"}".formatted(id)));
            assertRefused(cid.post("/typing", "{\"conversation_id\":%d,\"is_typing\":true}".formatted(id)));
            assertRefused(cid.post("/conversations/" + id + "/join", ""));
            assertRefused(cid.post("/conversations/" + id + "/leave", ""));
            assertRefused(cid.post("/conversations/" + id + "/participants", "{\"user_id\":\"cid\"}"));
            assertRefused(cid.post("/conversations/" + id + "/archive", ""));
            assertRefused(cid.put("/conversations/" + id, "{\"name\":\"mine\"}"));
            assertRefused(cid.post("/conversations/" + id + "/uploads?name=a.txt", "text"));
        }
    }

    /** X51. */
    @Test
    void nobodyIsInAConversationTwiceNorWritesToThemselves() throws Exception {
        JsonNode made = ok(ann.post(
                "/conversations",
                "{\"conversation_type\":\"group\",\"name\":\"Twice\",\"participant_ids\":[\"bob\",\"bob\",\"ann\"]}"));

        assertEquals(2, made.path("participant_count").asInt());
        assertEquals(
                2,
                ok(ann.get("/conversations/" + made.path("id").asLong() + "/participants"))
                        .size());
        assertEquals(
                422,
                ann.post("/direct", "{\"recipient_user_id\":\"ann\",\"content\":\"me\"}")
                        .status());
    }

    /** X50, X53. */
    @Test
    void theListCountsAllParticipantsAndNoDeletedMessages() throws Exception {
        long id = newGroup();
        say(ann, id, "one");
        long two = say(ann, id, "two").path("id").asLong();
        ok(ann.delete("/messages/" + two));

        for (JsonNode each : ok(bob.get("/conversations"))) {
            if (each.path("id").asLong() == id) {
                assertEquals(2, each.path("participant_count").asInt());
                assertEquals(1, each.path("unread_count").asInt());
                assertEquals("one", each.path("last_message").asText());
            }
        }
    }

    /** Frames leave out what is not there. */
    private static JsonNode withoutNulls(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.properties().removeIf(field -> field.getValue().isNull());
        return copy;
    }

    private static JsonNode ok(Answer answer) {
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }

    private static void assertHas(Set<String> fields, JsonNode object) {
        var missing = new HashSet<>(fields);
        if (object instanceof ObjectNode fieldsThere) {
            fieldsThere.fieldNames().forEachRemaining(missing::remove);
        }
        assertEquals(Set.of(), missing, object::toString);
    }

    private static void assertMistake(String place, String type, Answer answer) {
        assertEquals(422, answer.status(), () -> answer.body().toString());
        JsonNode mistake = answer.body().path("detail").path(0);
        assertHas(Set.of("loc", "msg", "type"), mistake);
        assertEquals(place, String.join(",", texts(mistake.path("loc"))));
        assertEquals(type, mistake.path("type").asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static void assertRefused(Answer answer) {
        assertEquals(403, answer.status(), () -> answer.body().toString());
        assertEquals(
                "{\"detail\":\"Not a participant, or not allowed\"}",
                answer.body().toString());
    }

    private long newGroup() throws Exception {
        return ok(ann.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"New\",\"participant_ids\":[\"bob\"]}"))
                .path("id")
                .asLong();
    }

    private static JsonNode say(ChatClient speaker, long conversation, String content) throws Exception {
        return ok(speaker.post(
                "/messages", "{\"conversation_id\":%d,\"content\":\"%s\"}".formatted(conversation, content)));
    }
}
