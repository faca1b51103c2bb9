package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.channelbox.examples.system.ChatClient.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The resources that the original does not have, and what operators ask for. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class ResourcesTest {

    private static final String KEY = "a key that only this test knows, long enough";

    private RunningChat program;
    private int port;
    private ChatClient ann;
    private ChatClient bob;
    private ChatClient cid;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        program = RunningChat.in(folder, "--chat.largest-upload=100KB", "--chat.secret-key=" + KEY);
        port = program.port();
        ann = ChatClient.login(port, "ann");
        bob = ChatClient.login(port, "bob");
        cid = ChatClient.login(port, "cid");
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @Test
    void aPageOfMessagesCountsTheReactionsOfEverybodyOnce() throws Exception {
        long id = group();
        long message = say(ann, id, "hi");

        assertTrue(ok(bob.post("/messages/" + message + "/reactions", "{\"emoji\":\"+1\"}"))
                .path("success")
                .asBoolean());
        assertFalse(ok(bob.post("/messages/" + message + "/reactions", "{\"emoji\":\"+1\"}"))
                .path("success")
                .asBoolean());
        ok(ann.post("/messages/" + message + "/reactions", "{\"emoji\":\"+1\"}"));

        JsonNode reaction = ok(ann.get("/conversations/" + id + "/messages")).at("/0/reactions/0");
        assertEquals("{\"emoji\":\"+1\",\"count\":2,\"mine\":true}", reaction.toString());
        ok(ann.delete("/messages/" + message + "/reactions?emoji=%2B1"));
        assertEquals(
                1,
                ok(ann.get("/conversations/" + id + "/messages"))
                        .at("/0/reactions/0/count")
                        .asInt());
    }

    @Test
    void aThreadIsReadBehindItsFirstMessage() throws Exception {
        long id = group();
        long first = say(ann, id, "first");
        JsonNode reply = ok(bob.post(
                "/messages",
                "{\"conversation_id\":%d,\"content\":\"second\",\"reply_to_id\":%d}".formatted(id, first)));

        JsonNode thread = ok(ann.get("/messages/" + first + "/thread"));

        assertEquals(first, reply.path("thread_id").asLong());
        assertEquals(List.of("second"), thread.findValuesAsText("content"));
        assertEquals(403, cid.get("/messages/" + first + "/thread").status());
    }

    @Test
    void membersAreAddedAppointedMutedHandedTheGroupAndRemoved() throws Exception {
        long id = group();
        String people = "/conversations/" + id + "/participants";

        ok(ann.post(people, "{\"user_id\":\"cid\"}"));
        assertEquals(
                "admin",
                ok(ann.put(people + "/bob", "{\"role\":\"admin\"}"))
                        .path("role")
                        .asText());
        assertTrue(ok(bob.put(people + "/cid", "{\"is_muted\":true}"))
                .path("is_muted")
                .asBoolean());
        Answer muted = cid.post("/messages", "{\"conversation_id\":%d,\"content\":\"mmm\"}".formatted(id));
        assertEquals(403, muted.status());
        assertEquals(
                "you are muted in this conversation",
                muted.body().path("detail").asText());
        assertEquals(muted, cid.post("/typing", "{\"conversation_id\":%d,\"is_typing\":true}".formatted(id)));
        assertEquals(
                403,
                cid.post("/conversations/" + id + "/uploads?name=a.txt", "text").status());
        assertEquals(403, cid.put(people + "/bob", "{\"role\":\"member\"}").status());
        assertTrue(ok(ann.put("/conversations/" + id + "/owner", "{\"user_id\":\"bob\"}"))
                .path("is_owner")
                .asBoolean());
        ok(bob.delete(people + "/cid"));

        assertEquals(403, cid.get(people).status());
        assertEquals(422, ann.put(people + "/bob", "{}").status());
    }

    @Test
    void guessingPasswordsIsSlow() throws Exception {
        Answer answer = ChatClient.tryLogin(port, "nobody", "0");
        assertEquals("no-store", answer.header("Cache-Control"));
        for (int guess = 1; guess < 11; guess++) {
            assertEquals(401, answer.status());
            answer = ChatClient.tryLogin(port, "nobody" + guess, "x");
        }

        assertEquals(429, answer.status());
        assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
        assertEquals(200, ChatClient.tryLogin(port, "bob", "bob").status());
    }

    @Test
    void aSignatureDoesNotMakeAToken() throws Exception {
        assertEquals(200, with(claims("ann")).get("/users/me").status());
        for (String nobody : List.of("", "ann\0", "ann\ud800", "a".repeat(201))) {
            assertEquals(401, with(claims(nobody)).get("/users/me").status());
        }
        Date later = Date.from(Instant.now().plusSeconds(600));
        assertEquals(
                401, with(claims("ann").notBeforeTime(later)).get("/users/me").status());
    }

    private static JWTClaimsSet.Builder claims(String user) {
        return new JWTClaimsSet.Builder()
                .subject(user)
                .expirationTime(Date.from(Instant.now().plusSeconds(900)));
    }

    private ChatClient with(JWTClaimsSet.Builder claims) throws Exception {
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        token.sign(new MACSigner(KEY));
        return ChatClient.withToken(port, token.serialize());
    }

    @Test
    void anOwnerHandsAGroupOverBeforeLeavingIt() throws Exception {
        long id = group();

        assertEquals(409, ann.post("/conversations/" + id + "/leave", "").status());
        ok(ann.put("/conversations/" + id + "/owner", "{\"user_id\":\"bob\"}"));
        ok(ann.post("/conversations/" + id + "/leave", ""));

        assertEquals(403, ann.get("/conversations/" + id).status());
    }

    @Test
    void anArchivedGroupIsReadAndNothingMoreIsSaid() throws Exception {
        long id = group();
        say(ann, id, "last words");

        assertFalse(ok(ann.post("/conversations/" + id + "/archive", ""))
                .path("is_active")
                .asBoolean());
        assertEquals(
                409,
                bob.post("/messages", "{\"conversation_id\":%d,\"content\":\"more\"}".formatted(id))
                        .status());
        assertEquals(1, ok(bob.get("/conversations/" + id + "/messages")).size());
        assertEquals(403, bob.delete("/conversations/" + id + "/archive").status());
        assertTrue(ok(ann.delete("/conversations/" + id + "/archive"))
                .path("is_active")
                .asBoolean());
    }

    @Test
    void aPublicGroupIsFoundByItsCategoryAndJoined() throws Exception {
        long id = ok(ann.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"Chess\",\"visibility\":\"public\",\"category\":\"games\",\"participant_ids\":[]}"))
                .path("id")
                .asLong();

        JsonNode found = ok(cid.get("/groups?category=games"));
        ok(cid.post("/conversations/" + id + "/join", ""));

        assertEquals(List.of("Chess"), found.findValuesAsText("name"));
        assertEquals(
                2, ok(cid.get("/conversations/" + id)).path("participant_count").asInt());
        assertEquals(0, ok(cid.get("/groups?category=music")).size());
        JsonNode changed = ok(ann.put("/conversations/" + id, "{\"name\":\"Go\",\"visibility\":\"private\"}"));
        assertEquals("Go", changed.path("name").asText());
        assertEquals("games", changed.path("category").asText());
        assertEquals(0, ok(cid.get("/groups?category=games")).size());
    }

    @Test
    void whoIsBlockedCannotWriteAndLearnsNothingOfIt() throws Exception {
        ok(bob.put("/blocks/cid", ""));

        Answer refused = cid.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"hi\"}");
        Answer nobody = cid.post("/direct", "{\"recipient_user_id\":\"nobody\",\"content\":\"hi\"}");

        assertEquals(403, refused.status());
        assertEquals(nobody, refused);
        assertEquals(List.of("cid"), ok(bob.get("/blocks")).findValuesAsText("user_id"));
        ok(bob.delete("/blocks/cid"));
        ok(cid.post("/direct", "{\"recipient_user_id\":\"bob\",\"content\":\"hi\"}"));
    }

    @Test
    void theListComesInPages() throws Exception {
        long older = group();
        long newer = group();
        say(ann, newer, "later");

        JsonNode first = ok(ann.get("/conversations?limit=1")).path(0);
        JsonNode second = ok(ann.get("/conversations?limit=1&after_at=%s&after_id=%d"
                        .formatted(
                                first.path("last_message_at").asText(),
                                first.path("id").asLong())))
                .path(0);

        assertEquals(newer, first.path("id").asLong());
        assertEquals(older, second.path("id").asLong());
        assertEquals(422, ann.get("/conversations?after_id=1").status());
    }

    @Test
    void thePageIsServedWithHeadersThatKeepItToItsOwnParts() throws Exception {
        HttpResponse<String> page = fetch("/");

        assertEquals(200, page.statusCode());
        assertEquals(
                "nosniff", page.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").orElseThrow());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(page.body().contains("style="), "inline style");
        assertFalse(page.body().matches("(?s).*<script>.*|.* on[a-z]+=\".*"), "inline script");
        assertEquals(200, fetch("/channelbox/channelbox.js").statusCode());
        assertEquals(404, fetch("/js/nothing.js").statusCode());
    }

    @Test
    void healthAndFiguresAreThereForOperators() throws Exception {
        MeterRegistry figures = program.application().getBean(MeterRegistry.class);
        double published = figures.counter("chat.published", "kept", "true").count();
        long id = group();
        try (ChatClient.Listening there = bob.listen(id)) {
            there.next();
            say(ann, id, "counted");
            there.next();

            assertTrue(figures.get("chat.channels").gauge().value() >= 1);
        }
        assertTrue(figures.counter("chat.published", "kept", "true").count() > published);
        assertTrue(figures.counter("chat.deliveries", "outcome", "queued").count() >= 1);
        HttpResponse<String> health = fetch("/actuator/health");
        assertEquals(200, health.statusCode());
        assertTrue(health.body().contains("\"chat\":{\"status\":\"UP\"}"), health.body());
        assertEquals(404, fetch("/actuator/env").statusCode());
    }

    @Test
    void whatIsAnsweredInAnArchivedGroupIsInTheDocument() throws Exception {
        long id = group();
        JsonNode paths =
                new ObjectMapper().readTree(fetch("/openapi.json").body()).path("paths");
        ok(ann.post("/conversations/" + id + "/archive", "{}"));
        Map<String, Answer> answers = Map.of(
                "/messages",
                ann.post("/messages", "{\"conversation_id\":%d,\"content\":\"a\"}".formatted(id)),
                "/typing",
                ann.post("/typing", "{\"conversation_id\":%d,\"is_typing\":true}".formatted(id)),
                "/conversations/{id}/uploads",
                ann.post("/conversations/" + id + "/uploads?name=a.txt", "text"));

        answers.forEach((path, answer) -> {
            JsonNode described = paths.path("/api/v1/chat" + path).at("/post/responses");

            assertEquals(409, answer.status(), path);
            assertTrue(described.has("409"), path);
        });
    }

    private HttpResponse<String> fetch(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static JsonNode ok(Answer answer) {
        assertEquals(200, answer.status(), () -> answer.body().toString());
        return answer.body();
    }

    private long group() throws Exception {
        return ok(ann.post(
                        "/conversations",
                        "{\"conversation_type\":\"group\",\"name\":\"Group\",\"participant_ids\":[\"bob\"]}"))
                .path("id")
                .asLong();
    }

    private static long say(ChatClient speaker, long conversation, String content) throws Exception {
        return ok(speaker.post(
                        "/messages", "{\"conversation_id\":%d,\"content\":\"%s\"}".formatted(conversation, content)))
                .path("id")
                .asLong();
    }
}
