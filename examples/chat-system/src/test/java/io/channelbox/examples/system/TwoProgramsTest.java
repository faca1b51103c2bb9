package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.examples.system.ChatClient.Listening;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Two programs with one PostgreSQL and one Redis are one chat. */
@Timeout(120)
class TwoProgramsTest {

    private static EmbeddedPostgres database;
    private static RedisServer redis;
    private static RunningChat here;
    private static RunningChat there;

    private ChatClient ann;
    private ChatClient bob;
    private long group;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        redis = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        database = EmbeddedPostgres.start();
        here = program(folder.resolve("here"), port);
        there = program(folder.resolve("there"), port);
    }

    private static RunningChat program(Path folder, int redisPort) {
        return RunningChat.in(
                folder,
                "--chat.redis=redis://127.0.0.1:" + redisPort,
                "--chat.database-url=postgres://postgres:postgres@localhost:%d/postgres".formatted(database.getPort()));
    }

    @AfterAll
    static void stop() throws Exception {
        here.close();
        there.close();
        database.close();
        redis.stop();
    }

    @BeforeEach
    void aGroupOfTwo() throws Exception {
        ann = ChatClient.login(here.port(), "ann");
        bob = ChatClient.login(there.port(), "bob");
        group = ann.post(
                        "/conversations",
                        "{\"name\":\"Lunch\",\"conversation_type\":\"group\",\"participant_ids\":[\"bob\"]}")
                .body()
                .path("id")
                .asLong();
    }

    @Test
    void aMessageToOneIsHeardAtTheOther() throws Exception {
        try (Listening listening = bob.listen(group)) {
            assertEquals("connected", listening.next().path("type").asText());

            ann.post("/messages", "{\"conversation_id\":%d,\"content\":\"noon?\"}".formatted(group));

            assertEquals("noon?", listening.next().at("/message/content").asText());
        }
    }

    @Test
    void whoIsWritingAtOneIsSeenAtTheOther() throws Exception {
        try (Listening listening = bob.listen(group)) {
            assertEquals("connected", listening.next().path("type").asText());

            ann.post("/typing", "{\"conversation_id\":%d,\"is_typing\":true}".formatted(group));

            JsonNode typing = listening.next();
            assertEquals("ann", typing.at("/typing/user_id").asText(), typing::toString);
        }
    }

    @Test
    @SuppressWarnings("try") // that Ann has a socket is enough
    void whoIsWritingAtAnotherProgramThanThatOfTheirSocketIsSeenInTopics() throws Exception {
        try (Listening bobs = bob.subscribe("conversation:" + group);
                Listening anns = ann.subscribe("conversation:" + group)) {
            ChatClient annThere = ChatClient.login(there.port(), "ann");

            annThere.post("/typing", "{\"conversation_id\":%d,\"is_typing\":true}".formatted(group));
            JsonNode begins = bobs.nextOf("typing").path("payload");
            annThere.post("/typing", "{\"conversation_id\":%d,\"is_typing\":false}".formatted(group));
            JsonNode ends = bobs.nextOf("typing").path("payload");

            assertEquals("ann", begins.path("user").asText(), begins::toString);
            assertEquals("Ann", begins.path("name").asText(), begins::toString);
            assertTrue(begins.path("typing").asBoolean(), begins::toString);
            assertFalse(ends.path("typing").asBoolean(true), ends::toString);
        }
    }

    @Test
    void whoIsRemovedAtOneHearsNothingMoreAtTheOther() throws Exception {
        try (Listening listening = bob.listen(group)) {
            assertEquals("connected", listening.next().path("type").asText());

            ann.delete("/conversations/" + group + "/participants/bob");

            JsonNode last = listening.next();
            while (!last.has("closed")) {
                last = listening.next();
            }
            assertEquals(4403, last.path("closed").asInt());
        }
    }

    @Test
    void whatSomebodySaysOfThemselvesAtOneIsToldAtTheOther() throws Exception {
        try (Listening listening = bob.listen(group)) {
            assertEquals("connected", listening.next().path("type").asText());

            ChatClient.login(here.port(), "bob").post("/presence", "{\"status\":\"busy\"}");

            listening.nextPresence("bob", "busy");
        }
    }

    @Test
    void healthSaysThatAllAreReached() throws Exception {
        assertEquals(
                "UP",
                ChatClient.withToken(here.port(), "")
                        .health()
                        .path("components")
                        .path("chat")
                        .path("status")
                        .asText());
    }
}
