package io.channelbox.examples.lobby;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as it is, over real sockets. */
class LobbyChatTest {

    private final HttpClient browser = HttpClient.newHttpClient();
    private LobbyChat lobby;

    @BeforeEach
    void open() throws Exception {
        lobby = new LobbyChat(0);
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    @Test
    void twoVisitorsWithDifferentClientsHearEachOther() throws Exception {
        Visitor ann = Visitor.enter(lobby.port(), "ann");
        assertEquals("ann joined.", ann.hear());
        BlockingQueue<String> heardByBob = new LinkedBlockingQueue<>();
        var bob = new WebSocketClient(URI.create("ws://localhost:" + lobby.port() + "/ws/bob")) {
            @Override
            public void onOpen(ServerHandshake handshake) {}

            @Override
            public void onMessage(String text) {
                heardByBob.add(text);
            }

            @Override
            public void onClose(int code, String reason, boolean remote) {}

            @Override
            public void onError(Exception e) {}
        };
        assertTrue(bob.connectBlocking(10, SECONDS));
        assertEquals("bob joined.", ann.hear());

        ann.say("Grüße, 你好 🎉");
        bob.send("hi ann");

        assertEquals("bob joined.", heardByBob.poll(10, SECONDS));
        assertEquals(
                List.of("ann: Grüße, 你好 🎉", "bob: hi ann"),
                List.of(heardByBob.poll(10, SECONDS), heardByBob.poll(10, SECONDS)).stream()
                        .sorted()
                        .toList());
        assertEquals(
                List.of("ann: Grüße, 你好 🎉", "bob: hi ann"),
                List.of(ann.hear(), ann.hear()).stream().sorted().toList());
        bob.closeBlocking();
        assertEquals("bob left.", ann.hear());
    }

    @Test
    void aTakenAndAnInvalidNameAreRefusedByHttp() throws Exception {
        Visitor ann = Visitor.enter(lobby.port(), "ann");
        ann.hear();

        assertEquals(403, refusalOf("ann"));
        assertEquals(403, refusalOf("server"));
        assertEquals(403, refusalOf("no%20name"));

        ann.say("undisturbed");
        assertEquals("ann: undisturbed", ann.hear());
    }

    @Test
    void ofManyWhoComeAtOnceWithOneNameExactlyOneStays() throws Exception {
        List<CompletableFuture<Visitor>> rush = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rush.add(Visitor.connecting(lobby.port(), "ann"));
        }

        int in = 0;
        for (CompletableFuture<Visitor> one : rush) {
            in += staysIn(one) ? 1 : 0;
        }

        assertEquals(1, in);
    }

    @Test
    void aNameCanBeTakenAgainAfterItsHolderHasLeft() throws Exception {
        Visitor bob = Visitor.enter(lobby.port(), "bob");
        bob.hear();
        Visitor ann = Visitor.enter(lobby.port(), "ann");
        ann.hear();
        ann.leave();
        assertEquals("ann joined.", bob.hear());
        assertEquals("ann left.", bob.hear());

        while (statusOf("/names/ann") == 409) { // "left" is said a moment before the name is free
            Thread.onSpinWait();
        }

        assertEquals("ann joined.", Visitor.enter(lobby.port(), "ann").hear());
    }

    @Test
    void thePageCanAskWhetherANameIsFree() throws Exception {
        Visitor.enter(lobby.port(), "ann").hear();

        assertEquals(200, statusOf("/names/bob"));
        assertEquals(409, statusOf("/names/Ann"));
        assertEquals(400, statusOf("/names/admin"));
        assertEquals(400, statusOf("/names"));
    }

    @Test
    void thePageIsServedWithAllItsPartsAndWithoutForeignOnes() throws Exception {
        String page = get("/").body();

        assertTrue(page.contains("lobby.js"));
        assertFalse(page.contains("http://") || page.contains("https://"), "it must work without a network");
        assertEquals(200, statusOf("/lobby.js"));
        assertEquals(200, statusOf("/lobby.css"));
        assertEquals(
                "default-src 'self'",
                get("/").headers().firstValue("Content-Security-Policy").orElse(""));
    }

    @Test
    void whoSendsTooMuchAtOnceIsClosedAndTheOthersStay() throws Exception {
        Visitor ann = Visitor.enter(lobby.port(), "ann");
        ann.hear();
        Visitor bob = Visitor.enter(lobby.port(), "bob");
        assertEquals("bob joined.", ann.hear());

        bob.say("x".repeat(5_000));

        assertEquals(1009, bob.closeCode());
        assertEquals("bob left.", ann.hear());
    }

    @Test
    void everyoneIsToldToComeBackWhenTheLobbyCloses() throws Exception {
        Visitor ann = Visitor.enter(lobby.port(), "ann");
        ann.hear();

        lobby.close();

        assertEquals(1001, ann.closeCode());
    }

    @Test
    void thereAreLogsOfRequestsAndOfSocketsAndNoneTellsWhatPeopleSay() throws Exception {
        Visitor carla = Visitor.enter(lobby.port(), "carla");
        carla.hear();
        carla.say("a-secret-of-carla");
        carla.hear();
        get("/?asked-for-by-a-test");
        lobby.close();

        Path logs = Path.of(System.getProperty("lobby.logs"));
        String access = Files.readString(logs.resolve("access.log"));
        String websocket = Files.readString(logs.resolve("websocket.log"));
        String error = Files.readString(logs.resolve("error.log"));
        assertTrue(access.contains("asked-for-by-a-test"));
        assertTrue(websocket.contains("ChannelOpened") && websocket.contains("carla"));
        assertFalse((access + websocket + error).contains("a-secret-of-carla"));
    }

    private static boolean staysIn(CompletableFuture<Visitor> one) throws Exception {
        try {
            return one.get(10, SECONDS).isWelcome();
        } catch (ExecutionException refused) {
            assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
            return false;
        }
    }

    private int refusalOf(String name) {
        ExecutionException refused = assertThrows(
                ExecutionException.class,
                () -> Visitor.connecting(lobby.port(), name).get(10, SECONDS));
        return assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
                .getResponse()
                .statusCode();
    }

    private int statusOf(String path) throws Exception {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + lobby.port() + path))
                .build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
