package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.examples.system.ChatClient.Answer;
import io.channelbox.examples.system.ChatClient.Listening;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as its original clients use it. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class ChatSystemTest {

    private RunningChat program;
    private int port;
    private ChatClient ann;
    private ChatClient bob;
    private ChatClient cid;

    @BeforeAll
    void start(@TempDir Path folder) {
        program = RunningChat.in(folder);
        port = program.port();
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @BeforeEach
    void logIn() throws Exception {
        ann = ChatClient.login(port, "ann");
        bob = ChatClient.login(port, "bob");
        cid = ChatClient.login(port, "cid");
    }

    @Test
    void aGroupIsMadeOfTheCreatorAndWhoIsNamed() throws Exception {
        Answer made = ann.post(
                "/conversations",
                "{\"conversation_type\":\"group\",\"name\":\"Lunch\",\"description\":\"noon\",\"participant_ids\":[\"bob\"]}");

        assertEquals(200, made.status(), () -> made.body().toString());
        assertEquals("group", made.body().path("conversation_type").asText());
        assertEquals("Lunch", made.body().path("name").asText());
        assertEquals(2, made.body().path("participant_count").asInt());
        assertEquals(0, made.body().path("unread_count").asInt());
        assertTrue(made.body().path("is_active").asBoolean());
        JsonNode participants = bob.get(
                        "/conversations/" + made.body().path("id").asLong() + "/participants")
                .body();
        assertEquals("ann", participants.path(0).path("user_id").asText());
        assertEquals("Ann", participants.path(0).path("username").asText());
        assertEquals("admin", participants.path(0).path("role").asText());
        assertEquals("member", participants.path(1).path("role").asText());
    }

    @Test
    void whatIsSaidIsHeardByEverybodyWhoListensAndReadBackOldestFirst() throws Exception {
        long id = group("Heard");
        try (Listening there = bob.listen(id)) {
            JsonNode connected = there.next();
            assertEquals("connected", connected.path("type").asText());
            assertEquals(id, connected.path("conversation_id").asLong());

            say(ann, id, "first");
            Answer second = say(ann, id, "second");

            JsonNode heard = there.next();
            assertEquals("message", heard.path("type").asText());
            assertEquals("first", heard.path("message").path("content").asText());
            assertEquals("second", there.next().path("message").path("content").asText());
            JsonNode page = bob.get("/conversations/" + id + "/messages").body();
            assertEquals(2, page.size());
            assertEquals("first", page.path(0).path("content").asText());
            JsonNode older = bob.get("/conversations/" + id + "/messages?limit=50&before_id="
                            + second.body().path("id").asLong())
                    .body();
            assertEquals(1, older.size());
        }
    }

    @Test
    void aPingIsAnswered() throws Exception {
        long id = group("Ping");
        try (Listening there = ann.listen(id)) {
            there.next();

            there.send("{\"type\":\"ping\"}");

            assertEquals("pong", there.next().path("type").asText());
        }
    }

    @Test
    void unreadMessagesAreCountedUntilTheyAreRead() throws Exception {
        long id = group("Unread");
        say(ann, id, "one");
        say(ann, id, "two");

        assertEquals(2, listed(bob, id).path("unread_count").asInt());
        assertEquals("two", listed(bob, id).path("last_message").asText());
        assertEquals(0, listed(ann, id).path("unread_count").asInt());
        assertEquals(200, bob.post("/conversations/" + id + "/read", "").status());
        assertEquals(0, listed(bob, id).path("unread_count").asInt());
    }

    @Test
    void editsDeletionsReceiptsAndReactionsAreHeard() throws Exception {
        long id = group("Events");
        long message = say(ann, id, "helo").body().path("id").asLong();
        try (Listening there = bob.listen(id)) {
            there.next();

            assertEquals(
                    "hello",
                    ann.put("/messages/" + message, "{\"content\":\"hello\"}")
                            .body()
                            .path("content")
                            .asText());
            bob.post("/messages/" + message + "/reactions", "{\"emoji\":\"+1\"}");
            bob.post("/conversations/" + id + "/read", "");
            ann.delete("/messages/" + message);

            JsonNode edited = there.next();
            assertEquals("message_edited", edited.path("type").asText());
            assertTrue(edited.path("message").path("is_edited").asBoolean());
            assertEquals("reaction", there.next().path("type").asText());
            assertEquals("read_receipt", there.next().path("type").asText());
            assertEquals("message_deleted", there.next().path("type").asText());
            assertEquals(0, bob.get("/conversations/" + id + "/messages").body().size());
        }
    }

    @Test
    void aDirectMessageBeginsTheOneConversationOfBoth() throws Exception {
        Answer first = ann.post("/direct", "{\"recipient_user_id\":\"cid\",\"content\":\"hi\"}");
        Answer second = cid.post("/direct", "{\"recipient_user_id\":\"ann\",\"content\":\"hello\"}");

        assertEquals(200, first.status(), () -> first.body().toString());
        assertEquals("direct", first.body().path("conversation_type").asText());
        assertEquals(2, first.body().path("participant_count").asInt());
        assertEquals(first.body().path("id").asLong(), second.body().path("id").asLong());
    }

    @Test
    void typingIsHeardByTheOthersAndPresenceByAll() throws Exception {
        long id = group("Typing");
        try (Listening there = bob.listen(id);
                Listening own = ann.listen(id)) {
            there.next();
            own.next();

            ann.post("/typing", "{\"conversation_id\":" + id + ",\"is_typing\":true}");
            Answer said = ann.post("/presence", "{\"status\":\"busy\",\"status_message\":\"lunch\"}");

            assertEquals("busy", said.body().path("status").asText());
            assertEquals("Ann", there.next().path("typing").path("username").asText());
            assertEquals(
                    "lunch",
                    there.nextPresence("ann", "busy").path("status_message").asText());
            assertEquals("Ann", own.nextPresence("ann", "busy").path("username").asText());
            JsonNode online = bob.get("/users/online").body();
            assertEquals("ann", online.path(0).path("user_id").asText());
            assertEquals("busy", online.path(0).path("status").asText());
            assertEquals("bob", online.path(1).path("user_id").asText());
        }
    }

    @Test
    void whoHasNoTokenOrAWrongOneIsNotAuthenticated() throws Exception {
        Answer none = ChatClient.withToken(port, "").get("/conversations");
        Answer wrong = ChatClient.withToken(port, "e30.e30.e30").get("/conversations");

        assertEquals(401, none.status());
        assertEquals("Not authenticated", none.body().path("detail").asText());
        assertEquals(401, wrong.status());
    }

    @Test
    void aStrangerLearnsNothing() throws Exception {
        long id = group("Private");

        Answer there = cid.get("/conversations/" + id + "/messages");
        Answer nowhere = cid.get("/conversations/999999/messages");

        assertEquals(403, there.status());
        assertEquals(there, nowhere);
        assertEquals(403, say(cid, id, "let me in").status());
        assertEquals(404, cid.post("/conversations/" + id + "/read", "").status());
        try (Listening outside = cid.listen(id)) {
            JsonNode answered = outside.next();
            JsonNode end = answered.has("closed") ? answered : outside.next();
            assertEquals(4403, end.path("closed").asInt());
        }
    }

    @Test
    void whatIsWrongWithARequestIsToldWithItsPlace() throws Exception {
        long id = group("Wrong");

        Answer empty = say(ann, id, "");
        Answer missing = ann.post("/messages", "{\"conversation_id\":" + id + "}");
        Answer broken = ann.post("/messages", "{");

        assertEquals(422, empty.status());
        assertEquals(
                "content",
                empty.body().path("detail").path(0).path("loc").path(1).asText());
        assertEquals(422, missing.status());
        assertEquals(
                "Field required",
                missing.body().path("detail").path(0).path("msg").asText());
        assertEquals(422, broken.status());
    }

    @Test
    void onlyTheAuthorEditsAndWhoMayNotIsToldThatThereIsNoSuchMessage() throws Exception {
        long id = group("Authors");
        long message = say(ann, id, "mine").body().path("id").asLong();

        Answer refused = bob.put("/messages/" + message, "{\"content\":\"yours\"}");

        assertEquals(404, refused.status());
        assertEquals(
                "Message not found or unauthorized",
                refused.body().path("detail").asText());
        assertEquals(404, bob.delete("/messages/" + message).status());
    }

    @Test
    void whatIsSentAgainUnderTheSameClientIdIsSaidOnce() throws Exception {
        long id = group("Again");
        String body = "{\"conversation_id\":%d,\"content\":\"once\",\"client_id\":\"c1\"}".formatted(id);

        Answer first = ann.post("/messages", body);
        Answer second = ann.post("/messages", body);

        assertEquals(first, second);
        assertEquals(1, ann.get("/conversations/" + id + "/messages").body().size());
        assertFalse(first.body().path("is_deleted").asBoolean());
        assertNotEquals(0, first.body().path("id").asLong());
    }

    private long group(String name) throws Exception {
        Answer made = ann.post(
                "/conversations",
                "{\"conversation_type\":\"group\",\"name\":\"%s\",\"participant_ids\":[\"bob\"]}".formatted(name));
        assertEquals(200, made.status(), () -> made.body().toString());
        return made.body().path("id").asLong();
    }

    private static Answer say(ChatClient speaker, long conversation, String content) throws Exception {
        return speaker.post(
                "/messages", "{\"conversation_id\":%d,\"content\":\"%s\"}".formatted(conversation, content));
    }

    private static JsonNode listed(ChatClient reader, long conversation) throws Exception {
        for (JsonNode each : reader.get("/conversations").body()) {
            if (each.path("id").asLong() == conversation) {
                return each;
            }
        }
        throw new AssertionError("conversation " + conversation + " is not listed");
    }
}
