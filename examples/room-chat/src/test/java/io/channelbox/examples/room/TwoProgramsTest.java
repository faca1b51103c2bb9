package io.channelbox.examples.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** Two programs on one Redis, over real sockets: whoever is at one is with those who are at the other, whatever they speak. */
class TwoProgramsTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static RedisServer redis;

    private RoomChat here;
    private RoomChat there;

    @BeforeAll
    static void startRedis() throws Exception {
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
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @BeforeEach
    void start() throws Exception {
        here = program();
        there = program();
    }

    private static RoomChat program() throws Exception {
        String uri = "redis://127.0.0.1:" + redis.ports().get(0);
        return new RoomChat(new Settings(0, true, Optional.empty(), Optional.of(uri), SECRET));
    }

    @AfterEach
    void stop() throws Exception {
        here.close();
        there.close();
    }

    @Test
    void whatIsSaidAtOneIsReadAtTheOtherInTheWordsOfWhoeverReads() throws Exception {
        Peer ann = Peer.connect(here.port(), "/ws/chat/words?user=ann");
        ann.receive(2);
        Peer bob = Peer.connect(there.port(), "/chat/words?user=bob");
        bob.receive(2);
        assertEquals(List.of("{'type':'system','content':'bob joined'}"), ann.receive(1));
        try (Line cid = Line.to(there.port(), "cid")) {
            cid.send("{'topic':'room:words','ref':'s','type':'subscribe','payload':{}}");
            cid.answerTo("s", frame -> {});
            assertEquals(List.of("{'type':'system','content':'cid joined'}"), ann.receive(1));
            bob.receive(1);

            ann.send("{'type':'message','content':'hi'}");

            assertEquals(List.of("{'type':'message','user':'ann','content':'hi'}"), bob.receive(1));
            assertEquals(
                    "hi",
                    next(cid, "said", new ArrayList<>()).at("/payload/content").asText());
            cid.send("{'topic':'room:words','type':'say','payload':{'content':'hello'}}");
            assertEquals(List.of("{'type':'message','user':'ann','content':'hi'}"), ann.receive(1));
            assertEquals(List.of("{'type':'message','user':'cid','content':'hello'}"), ann.receive(1));
            assertEquals(List.of("{'type':'message','user':'cid','content':'hello'}"), bob.receive(1));
        }
    }

    @Test
    void whoComesBackToTheOtherProgramGetsWhatWasSaidMeanwhile() throws Exception {
        JsonNode position;
        try (Line cid = Line.to(here.port(), "cid")) {
            cid.send("{'topic':'room:back','ref':'s','type':'subscribe','payload':{}}");
            cid.answerTo("s", frame -> {});
            cid.send("{'topic':'room:back','ref':'m','type':'say','payload':{'content':'before'}}");
            position = cid.answerTo("m", frame -> {}).at("/payload/position");
        }
        Peer ann = Peer.connect(there.port(), "/ws/chat/back?user=ann");
        ann.receive(2);
        ann.send("{'type':'message','content':'meanwhile','ref':'1'}");
        ann.receive(2);

        try (Line cid = Line.to(there.port(), "cid")) {
            cid.send("{'topic':'room:back','ref':'s','type':'subscribe','payload':{'position':" + position + "}}");
            List<JsonNode> missed = new ArrayList<>();
            JsonNode answer = cid.answerTo("s", missed::add);

            assertTrue(answer.at("/payload/recovered").asBoolean(), answer::toString);
            assertEquals(
                    "meanwhile",
                    next(cid, "said", missed).at("/payload/content").asText());
        }
    }

    @Test
    void whoIsHereIsKnownAtBothWithTheirDevicesCountedOnce() throws Exception {
        Peer ann = Peer.connect(here.port(), "/ws/chat/here?user=ann");
        ann.receive(2);
        Peer bob = Peer.connect(there.port(), "/ws/chat/here?user=bob");
        assertEquals(
                "{'type':'online_users','users':['bob','ann']}", bob.receive(3).get(2));
        assertEquals(List.of("{'type':'system','content':'bob joined'}"), ann.receive(1));

        Peer annsPhone = Peer.connect(there.port(), "/ws/chat/here?user=ann");
        annsPhone.receive(3);
        bob.send("{'type':'typing'}");

        assertEquals(List.of("{'type':'typing','user':'bob','is_typing':true}"), ann.receive(1));
        annsPhone.close();
        ann.send("{'type':'message','content':'still here'}");
        assertEquals(
                List.of(
                        "{'type':'typing','user':'bob','is_typing':true}",
                        "{'type':'message','user':'ann','content':'still here'}"),
                bob.receive(2));
    }

    @Test
    void privateMessagesReachWhoIsAtTheOtherProgram() throws Exception {
        Peer bob = Peer.connect(there.port(), "/dm/ann?user=bob");
        Peer ann = Peer.connect(here.port(), "/dm/bob?user=ann");
        try (Line annsPage = Line.to(there.port(), "ann")) {
            annsPage.send("{'topic':'private:ann','ref':'s','type':'subscribe','payload':{}}");
            annsPage.answerTo("s", frame -> {});

            ann.send("{'message':'psst'}");

            assertEquals(List.of("{'type':'direct_message','from':'ann','content':'psst'}"), bob.receive(1));
            JsonNode copy = next(annsPage, "private_copy", new ArrayList<>());
            assertEquals("psst", copy.at("/payload/content").asText());
        }
    }

    @Test
    void healthSaysThatTheOthersAreReached() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + here.port() + "/health"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertEquals(200, answer.statusCode(), answer.body());
    }

    /** Returns the next frame of this type, of those that came before or that come. */
    private static JsonNode next(Line line, String type, List<JsonNode> came) throws Exception {
        for (JsonNode frame : came) {
            if (frame.path("type").asText().equals(type)) {
                return frame;
            }
        }
        JsonNode frame = line.receive();
        while (!frame.path("type").asText().equals(type)) {
            frame = line.receive();
        }
        return frame;
    }
}
