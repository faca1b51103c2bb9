package io.channelbox.examples.room;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as it is, over real sockets, in the frames of the original clients. */
class RoomChatTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final HttpClient browser = HttpClient.newHttpClient();
    private RoomChat program;

    @BeforeEach
    void start() throws Exception {
        program = new RoomChat(new Settings(0, true, Optional.empty(), Optional.empty(), SECRET));
    }

    @AfterEach
    void stop() throws Exception {
        program.close();
    }

    @Test
    void twoUsersMeetInARoomWithDifferentClients() throws Exception {
        Peer ann = Peer.connect(program.port(), "/ws/chat/7?user=mary_jane");
        assertEquals(
                List.of(
                        "{'type':'system','content':'mary_jane joined'}",
                        "{'type':'online_users','users':['mary_jane']}"),
                ann.receive(2));
        var bob = new OtherClient("/ws/chat/7?user=bob", Map.of());
        assertTrue(bob.connectBlocking(10, SECONDS));
        assertEquals(List.of("{'type':'system','content':'bob joined'}"), ann.receive(1));
        assertTrue(bob.receive().startsWith("{\"type\":\"history\",\"messages\":[{\"type\":\"system\""));
        assertTrue(bob.receive().startsWith("{\"type\":\"system\",\"content\":\"bob joined\""));
        assertEquals("{\"type\":\"online_users\",\"users\":[\"mary_jane\",\"bob\"]}", bob.receive());

        bob.send("{\"type\":\"typing\"}");
        bob.send("{\"type\":\"message\",\"content\":\"Grüße 🎉\"}");
        bob.send("{\"type\":\"private_message\",\"to_user\":\"mary_jane\",\"content\":\"psst\"}");

        assertEquals(List.of("{'type':'typing','user':'bob','is_typing':true}"), ann.receive(1));
        assertEquals(
                "Grüße 🎉",
                new ObjectMapper().readTree(ann.receive()).get("content").asText());
        assertEquals(List.of("{'type':'private','from_user':'bob','content':'psst'}"), ann.receive(1));
        bob.closeBlocking();
        assertEquals(List.of("{'type':'system','content':'bob left'}"), ann.receive(1));
    }

    @Test
    void theThreeSocketsOfTheOtherDialectWork() throws Exception {
        Peer presence = Peer.connect(program.port(), "/presence?user=ann");
        assertEquals(
                List.of("{'type':'status','user':'ann','status':'online'}", "{'type':'users','count':1}"),
                presence.receive(2));
        Peer chat = Peer.connect(program.port(), "/chat/7?user=ann");
        assertEquals(
                List.of(
                        "{'type':'system','message':'ann joined the chat'}",
                        "{'type':'history','messages':[{'type':'system','message':'ann joined the chat'}]}"),
                chat.receive(2));
        Peer mail = Peer.connect(program.port(), "/dm/bob?user=ann");
        Peer bob = Peer.connect(program.port(), "/dm/ann?user=bob");

        presence.send("{'type':'status','status':'away'}");
        chat.send("{'message':'hi'}");
        bob.send("{'message':'psst'}");

        assertEquals(List.of("{'type':'status','user':'ann','status':'away'}"), presence.receive(1));
        assertEquals(List.of("{'type':'message','user':'ann','content':'hi'}"), chat.receive(1));
        assertEquals(List.of("{'type':'direct_message','from':'bob','content':'psst'}"), mail.receive(1));
    }

    @Test
    void privateMessagesWaitForWhoIsAway() throws Exception {
        Peer bob = Peer.connect(program.port(), "/ws/chat/7?user=bob");
        bob.receive(2);
        Peer ann = Peer.connect(program.port(), "/ws/chat/7?user=ann");
        ann.receive(3);
        bob.close();
        assertEquals(List.of("{'type':'system','content':'bob left'}"), ann.receive(1));
        ann.send("{'type':'private_message','to_user':'bob','content':'one','ref':'1'}");
        assertEquals(List.of("{'type':'ack','ref':'1'}"), ann.receive(1));

        Peer back = Peer.connect(program.port(), "/ws/chat/8?user=bob");

        assertEquals(
                "{'type':'private','from_user':'ann','content':'one'}",
                back.receive(3).get(2));
    }

    @Test
    void aLoginGivesACookieAndTheCookieAToken() throws Exception {
        String cookie = cookieOf(post("/login", "name=mary_jane"));
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
        String session = cookie.substring(0, cookie.indexOf(';'));
        String token = new ObjectMapper()
                .readTree(get("/token", "Cookie", session).body())
                .get("token")
                .asText();

        for (Peer peer : List.of(
                Peer.connect(program.port(), "/ws/chat/1", Map.of("Cookie", session)),
                Peer.connect(program.port(), "/ws/chat/2", Map.of("Authorization", "Bearer " + token)),
                Peer.connect(program.port(), "/ws/chat/3?token=" + token))) {
            assertEquals(
                    "{'type':'system','content':'mary_jane joined'}",
                    peer.receive(1).get(0));
        }
    }

    @Test
    void aLogoutTakesTheCookieAway() throws Exception {
        String cookie = cookieOf(post("/logout", ""));

        assertTrue(cookie.startsWith(Identity.COOKIE + "=;") && cookie.contains("1970"), cookie);
        assertEquals(401, get("/token").statusCode());
        assertEquals(401, get("/token", "Cookie", Identity.COOKIE + "=nonsense").statusCode());
    }

    @Test
    void aNameThatIsNoneIsRefusedWithAReason() throws Exception {
        for (String name : List.of("", "  ", "x".repeat(10_000), "guest-1", "a\u202eb")) {
            HttpResponse<String> answer = post("/login", "name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
            assertEquals(400, answer.statusCode());
            assertTrue(answer.body().startsWith("A name") || answer.body().startsWith("Names"), answer.body());
        }
        assertEquals(400, post("/login", "").statusCode());
    }

    @Test
    void aTokenThatDoesNotHoldIsRefusedInTheHandshake() throws Exception {
        assertEquals(401, refusalOf("/ws/chat/7?token=nonsense", Map.of()));
        assertEquals(401, refusalOf("/chat/7", Map.of("Authorization", "Bearer nonsense")));
        assertEquals(401, refusalOf("/presence", Map.of("Cookie", Identity.COOKIE + "=nonsense")));
    }

    @Test
    void anEmptyTokenIsRefusedInTheHandshake() {
        assertEquals(401, refusalOf("/ws/chat/7", Map.of("Authorization", "Bearer ")));
    }

    @Test
    void aNameInTheAddressIsRefusedOutsideOfADemo() throws Exception {
        try (var serious = new RoomChat(new Settings(0, false, Optional.empty(), Optional.empty(), SECRET))) {
            ExecutionException refused =
                    assertThrows(ExecutionException.class, () -> Peer.connect(serious.port(), "/ws/chat/7?user=ann"));
            assertEquals(401, statusOf(refused));
        }
    }

    @Test
    void everyoneAnonymousIsAGuestOfTheirOwn() throws Exception {
        Peer one = Peer.connect(program.port(), "/ws/chat/7");
        String first = one.receive(2).get(1);
        Peer other = Peer.connect(program.port(), "/ws/chat/7");
        String both = other.receive(3).get(2);

        assertTrue(first.matches("\\{'type':'online_users','users':\\['guest-[^,]+'\\]}"), first);
        assertTrue(both.matches("\\{'type':'online_users','users':\\['guest-[^,]+','guest-[^,]+'\\]}"), both);
    }

    @Test
    void pagesOfOtherSitesCanNeitherConnectNorLogSomebodyIn() throws Exception {
        var foreign = new OtherClient("/ws/chat/7", Map.of("Origin", "http://evil.example"));
        assertFalse(foreign.connectBlocking(10, SECONDS));

        assertEquals(403, loginFrom("http://evil.example"));
    }

    @Test
    void theLoginFormOfOurOwnPageIsTaken() throws Exception {
        assertEquals(303, loginFrom("http://localhost:" + program.port()));
        // with "no-referrer" browsers would send the origin "null" with our own form too, unless a script sends it
        assertEquals(
                "same-origin", get("/").headers().firstValue("Referrer-Policy").orElse(""));
    }

    private int loginFrom(String origin) throws Exception {
        var login = HttpRequest.newBuilder(uri("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("name=ann"))
                .build();
        return browser.send(login, BodyHandlers.ofString()).statusCode();
    }

    @Test
    void thePageHasAllItsPartsAndRunsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/");

        assertTrue(page.body().contains("/app.js") && page.body().contains("/style.css"));
        assertFalse(
                page.body().contains("http://") || page.body().contains("https://"), "it must work without a network");
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
        for (String part : List.of("/app.js", "/style.css", "/icon.svg")) {
            assertEquals(200, get(part).statusCode());
        }
        String script = get("/app.js").body();
        for (String markup : List.of("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")) {
            assertFalse(script.contains(markup), markup + " could make markup of what people write");
        }
        assertEquals(404, get("/logback.xml").statusCode());
    }

    @Test
    void errorPagesTellNothingOfTheServer() throws Exception {
        for (HttpResponse<String> failed : List.of(post("/health", ""), post("/login", "name=%zz"))) {
            assertTrue(failed.statusCode() >= 400 && failed.body().contains("HTTP Status"), failed.body());
            assertFalse(failed.body().contains("Tomcat") || failed.body().contains("\tat "), failed.body());
        }
    }

    @Test
    void healthTellsHowManyAreHere() throws Exception {
        Peer.connect(program.port(), "/ws/chat/7?user=ann").receive(2);

        assertTrue(get("/health").body().startsWith("{\"status\":\"up\",\"channels\":1,\"groups\":"));
    }

    @Test
    void everyoneIsToldToComeBackWhenTheProgramStops() throws Exception {
        Peer ann;
        Peer bob;
        try (var stopping = new RoomChat(new Settings(0, true, Optional.empty(), Optional.empty(), SECRET))) {
            ann = Peer.connect(stopping.port(), "/ws/chat/7?user=ann");
            bob = Peer.connect(stopping.port(), "/presence?user=bob");
        }

        assertEquals(1001, ann.closeCode());
        assertEquals(1001, bob.closeCode());
    }

    private int refusalOf(String path, Map<String, String> headers) {
        return statusOf(assertThrows(ExecutionException.class, () -> Peer.connect(program.port(), path, headers)));
    }

    private static int statusOf(ExecutionException refused) {
        return assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
                .getResponse()
                .statusCode();
    }

    private static String cookieOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + program.port() + path);
    }

    /** Java-WebSocket, which is not the JDK's. */
    private final class OtherClient extends WebSocketClient {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        OtherClient(String path, Map<String, String> headers) {
            super(URI.create("ws://localhost:" + program.port() + path), headers);
        }

        String receive() throws InterruptedException {
            return Objects.requireNonNull(received.poll(10, SECONDS), "nothing came");
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String text) {
            received.add(text);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {}

        @Override
        public void onError(Exception e) {}
    }
}
