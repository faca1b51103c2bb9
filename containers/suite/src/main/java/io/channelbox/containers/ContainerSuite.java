package io.channelbox.containers;

import static io.channelbox.containers.RawClient.BINARY;
import static io.channelbox.containers.RawClient.CLOSE;
import static io.channelbox.containers.RawClient.CONTINUATION;
import static io.channelbox.containers.RawClient.PING;
import static io.channelbox.containers.RawClient.PONG;
import static io.channelbox.containers.RawClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.OutboxLimits;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.message.Frame;
import io.channelbox.testkit.ConnectionContract;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold in every container, over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContainerSuite implements ConnectionContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = ConsumerOptions.DEFAULT.largestMessage();

    private static final ConsumerOptions LARGE =
            ConsumerOptions.DEFAULT.withLargestMessage(2 << 20).withLargestBacklog(4 << 20);

    private static final ConsumerOptions SMALL = ConsumerOptions.DEFAULT.withLargestBacklog(64 << 10);

    private final AtomicInteger ids = new AtomicInteger();
    private final Journal journal = new Journal();
    private final BlockingQueue<Session> linked = new LinkedBlockingQueue<>();
    private final ChannelBox box = ChannelBox.builder()
            .outbox(OutboxLimits.DEFAULT.withBytes(64 << 20).withFrames(100_000))
            .build();

    private TestServer server;
    private TestServer linkServer;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // before all tests
    protected ContainerSuite() {}

    /** Starts the container with these endpoints, in the way its users would. */
    protected abstract TestServer start(ChatEndpoints endpoints) throws Exception;

    /** Starts the container with these endpoints and nothing of ours around them. */
    protected abstract TestServer start(List<ServerEndpointConfig> configs) throws Exception;

    /** Says what the container does that no adapter can make good. */
    protected abstract Set<Quirk> quirks();

    @BeforeAll
    void startServers() throws Exception {
        server = start(endpoints(box));
        linkServer = start(List.of(LinkEndpoint.at("/link", linked)));
    }

    @AfterAll
    void stopServers() throws Exception {
        box.close();
        server.close();
        linkServer.close();
    }

    @Override
    public Link open() throws Exception {
        return LinkEndpoint.Link.open(linkServer.at("/link"), linked);
    }

    /** Lets in whoever says {@code ?token=}, and guests; gives every wrong answer there is to those who ask for it. */
    static AuthResult authenticate(Handshake handshake) {
        return switch (handshake.query("refuse").orElse("")) {
            case "unknown" -> AuthResult.notAuthenticated("who are you?");
            case "forbidden" -> AuthResult.forbidden("not you");
            case "nothing" -> AuthResult.notFound("no such room");
            case "broken" -> throw new IllegalStateException("secret");
            default ->
                handshake
                        .query("token")
                        .map(User::named)
                        .map(AuthResult::accept)
                        .orElseGet(() -> Authenticator.guests().authenticate(handshake));
        };
    }

    /** Returns the endpoints of the suite. */
    protected ChatEndpoints endpoints(ChannelBox of) {
        return ChatEndpoints.of(of)
                .authenticate(ContainerSuite::authenticate)
                .allowOrigins("https://friend.example")
                .subprotocols("chat.v2", "chat.v1")
                .mount("/desk", () -> new Consumers.Desk(journal))
                .mount("/greeter", () -> new Consumers.Greeter(journal))
                .mount("/bytes", () -> new Consumers.Bytes(journal))
                .mount("/json", () -> new Consumers.Json(journal))
                .mount("/who/{room_id}", Consumers.Who::new)
                .mount("/refusing", () -> new Consumers.Refusing(journal))
                .mount("/rooms/{room}/live", () -> new Consumers.Room(journal))
                .mount("/told", ConsumerOptions.DEFAULT.tellingOfAuthentication(), () -> new Consumers.Desk(journal))
                .mount("/clerk", SMALL, () -> new Consumers.Clerk(journal))
                .mount("/large", LARGE, () -> new Consumers.Desk(journal));
    }

    private String newId() {
        return "c" + ids.incrementAndGet();
    }

    private Client connect(String path) throws Exception {
        return Client.Kind.JDK.connect(server.at(path));
    }

    private RawClient raw(String path, String... headers) throws Exception {
        return RawClient.connect(server.at(path), headers);
    }

    // Messages

    @ParameterizedTest
    @EnumSource
    void textIsAnsweredWithText(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server.at("/desk"))) {
            assertEquals("Echo: Hello Consumer", ann.ask("Hello Consumer"));
            assertEquals("Echo: grüße \uD83D\uDE00", ann.ask("grüße \uD83D\uDE00"));
            assertEquals("Echo: ", ann.ask(""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreAnsweredWithBytes(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server.at("/bytes"))) {
            ann.send(new byte[] {0, -1, 7});

            assertEquals(Frame.binary(new byte[] {42, 0, -1, 7}), ann.next());
        }
    }

    @ParameterizedTest
    @EnumSource
    void jsonIsAnsweredCompactAndUnescaped(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server.at("/json"))) {
            assertEquals("{\"received\":{\"text\":\"hellö\",\"n\":1}}", ann.ask("{ \"text\": \"hellö\", \"n\": 1 }"));
        }
    }

    @Test
    void jsonMayComeInABinaryFrame() throws Exception {
        try (Client ann = connect("/json")) {
            ann.send("{\"text\":\"x\",\"n\":2}".getBytes(UTF_8));

            assertEquals("{\"received\":{\"text\":\"x\",\"n\":2}}", ann.text());
        }
    }

    @Test
    void everyConnectionHasAConsumerOfItsOwn() throws Exception {
        try (Client ann = connect("/desk");
                Client bob = connect("/desk")) {
            assertEquals("1", ann.ask("count"));
            assertEquals("2", ann.ask("count"));
            assertEquals("3", ann.ask("count"));
            assertEquals("1", bob.ask("count"));
        }
        try (Client annAgain = connect("/desk")) {
            assertEquals("1", annAgain.ask("count"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentOnConnectIsTheFirstFrame(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server.at("/greeter"))) {
            ann.send("hi");

            assertEquals("Welcome", ann.text());
            assertEquals("You said hi", ann.text());
        }
    }

    @Test
    void twoEndpointsKeepTheirOwnCodecs() throws Exception {
        try (Client text = connect("/desk");
                Client json = connect("/json")) {
            assertEquals("Echo: {\"n\":1}", text.ask("{\"n\":1}"));
            assertEquals("{\"received\":{\"text\":null,\"n\":1}}", json.ask("{\"n\":1}"));
        }
    }

    @Test
    void aBinaryFrameForATextEndpointClosesWith1003() throws Exception {
        try (Client ann = connect("/desk")) {
            ann.send(new byte[] {1});

            assertEquals(1003, ann.closed().code());
        }
    }

    @Test
    void aTextFrameForABinaryEndpointClosesWith1003() throws Exception {
        try (Client ann = connect("/bytes")) {
            ann.send("text");

            assertEquals(1003, ann.closed().code());
        }
    }

    @Test
    void jsonThatCannotBeReadIsAnsweredAndTheConnectionLives() throws Exception {
        try (Client ann = connect("/json")) {
            JsonNode error = JSON.readTree(ann.ask("{not json"));

            assertEquals("error", error.path("type").asText());
            assertEquals("malformed", error.path("code").asText());
            assertEquals("{\"received\":{\"text\":\"y\",\"n\":3}}", ann.ask("{\"text\":\"y\",\"n\":3}"));
        }
    }

    // The handshake

    @Test
    void pathAndQueryAndHeadersAndCookiesAreThereOnConnectAndOnEveryMessage() throws Exception {
        URI uri = server.at("/who/caf%C3%A9%20noir?token=ann&tag=a+b%26c&tag=d&room_id=other");
        try (Client ann =
                Client.Kind.JDK.connect(uri, Map.of("X-Test", "yes", "Cookie", "flavour=mint; other=1"), List.of())) {
            for (JsonNode seen : List.of(JSON.readTree(ann.text()), JSON.readTree(ann.ask("{}")))) {
                assertEquals("/who/café noir", seen.path("path").asText());
                assertEquals(
                        "{\"room_id\":\"café noir\"}",
                        seen.path("pathParameters").toString());
                assertEquals("[\"a b&c\",\"d\"]", seen.path("query").path("tag").toString());
                assertEquals("[\"other\"]", seen.path("query").path("room_id").toString());
                assertEquals("[\"yes\"]", seen.path("header").toString());
                assertEquals("mint", seen.path("cookie").asText());
                assertEquals("ann", seen.path("user").asText());
            }
        }
    }

    @Test
    void anEncodedSlashStaysInItsSegment() throws Exception {
        if (quirks().contains(Quirk.REFUSES_ENCODED_SLASHES)) {
            assertEquals(400, RawClient.ask(server.at("/who/a%2Fb")).status());
            return;
        }
        try (Client ann = connect("/who/a%2Fb")) {
            assertEquals(
                    "{\"room_id\":\"a/b\"}",
                    JSON.readTree(ann.text()).path("pathParameters").toString());
        }
    }

    @Test
    void pagesOfTheOwnHostAndOfFriendsAndProgramsMayConnect() throws Exception {
        String own = "localhost:" + server.port();
        for (String origin : List.of("http://" + own, "https://" + own, "https://friend.example")) {
            raw("/desk", "Origin: " + origin).close();
        }
        raw("/desk").close();
    }

    @ParameterizedTest
    @EnumSource
    void theFirstOfferedSubprotocolThatIsSpokenHereIsAgreedOn(Client.Kind kind) throws Exception {
        List<String> offered = List.of("bearer.abc", "chat.v1", "chat.v2");
        try (Client ann = kind.connect(server.at("/desk"), Map.of(), offered)) {
            assertEquals("chat.v1", ann.subprotocol());
            assertEquals("Echo: x", ann.ask("x"));
        }
    }

    @Test
    void whereNoSubprotocolIsSharedNoneIsAgreedOn() throws Exception {
        RawClient.Answer answer = RawClient.ask(server.at("/desk"), "Sec-WebSocket-Protocol: other");

        assertEquals(101, answer.status());
        assertEquals("", answer.header("Sec-WebSocket-Protocol"));
    }

    @Test
    void compressionIsNotAgreedOn() throws Exception {
        RawClient.Answer answer = RawClient.ask(server.at("/desk"), "Sec-WebSocket-Extensions: permessage-deflate");

        assertEquals(101, answer.status());
        assertEquals("", answer.header("Sec-WebSocket-Extensions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/who", "/who/a/b", "/desk/"})
    void anUnknownPathIsNotFound(String path) throws Exception {
        assertEquals(404, RawClient.ask(server.at(path)).status());
    }

    @Test
    void anEmptyParameterIsNotFound() throws Exception {
        if (RawClient.ask(server.at("/who/")).status() != 404) { // the container thinks that it matches
            try (RawClient ann = raw("/who/")) {
                assertEquals(4404, ann.next().closeStatus().code());
            }
        }
    }

    @Test
    void whereThereIsNoFilterARefusalIsACloseCode() throws Exception {
        try (TestServer bare = start(endpoints(box).toConfigs())) {
            Map<String, CloseStatus> refusals = Map.of(
                    "/desk?refuse=unknown", new CloseStatus(4401, "who are you?"),
                    "/desk?refuse=forbidden", new CloseStatus(4403, "not you"),
                    "/who/x?refuse=nothing", new CloseStatus(4404, "no such room"),
                    "/desk?refuse=broken", new CloseStatus(1011, "cannot authenticate now"));
            for (var refusal : refusals.entrySet()) {
                try (RawClient ann = RawClient.connect(bare.at(refusal.getKey()))) {
                    RawClient.RawFrame first = ann.next();

                    assertEquals(CLOSE, first.opcode());
                    assertEquals(refusal.getValue(), first.closeStatus());
                }
            }
            for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
                try (RawClient page = RawClient.connect(bare.at("/desk"), "Origin: " + origin)) {
                    assertEquals(4403, page.next().closeStatus().code());
                }
            }
            try (Client ann = Client.Kind.JDK.connect(bare.at("/who/a%20b?token=ann"))) {
                assertEquals("/who/a b", JSON.readTree(ann.text()).path("path").asText());
            }
        }
    }

    @Test
    void whereTheMountSaysSoAPeerIsToldOfItsAuthenticationFirst() throws Exception {
        try (TestServer bare = start(endpoints(box).toConfigs())) {
            for (TestServer each : List.of(server, bare)) {
                try (Client ann = Client.Kind.JDK.connect(each.at("/told?token=ann"))) {
                    assertEquals("authentication: 200 OK", ann.text());
                    assertEquals("Echo: x", ann.ask("x"));
                }
                for (int i = 0; i < 50; i++) { // every time: one in fifty was once closed with 1000 by a timer of Tyrus
                    isToldAndClosed(each, "unknown", "401 who are you?", 4401);
                }
                isToldAndClosed(each, "forbidden", "403 not you", 4403);
                isToldAndClosed(each, "nothing", "404 no such room", 4404);
                isToldAndClosed(each, "broken", "500 cannot authenticate now", 1011);
            }
            try (RawClient page = RawClient.connect(bare.at("/told"), "Origin: https://evil.example")) {
                assertEquals(4403, page.next().closeStatus().code()); // a page of another origin is told nothing
            }
        }
    }

    private static void isToldAndClosed(TestServer served, String refuse, String told, int code) throws Exception {
        String id = "never" + code;
        try (RawClient ann = RawClient.connect(served.at("/told?id=" + id + "&refuse=" + refuse))) {
            assertEquals("authentication: " + told, textOf(ann));
            RawClient.RawFrame close = ann.next();
            assertEquals(CLOSE, close.opcode());
            assertEquals(code, close.closeStatus().code());
            assertEquals(0, ann.answer(close));
        }
    }

    @Test
    void aTokenThatIsOfferedAsASubprotocolIsReadAndNeverSaidAgain() throws Exception {
        ChatEndpoints endpoints = ChatEndpoints.of(box)
                .authenticate(Authenticators.subprotocol(token -> token.equals("s3cr3t.t0ken")
                        ? AuthResult.accept(User.named("ann"))
                        : AuthResult.notAuthenticated()))
                .subprotocols("chat.v1")
                .mount("/who/{room_id}", Consumers.Who::new);
        String header = "Sec-WebSocket-Protocol: ";
        try (TestServer served = start(endpoints)) {
            URI uri = served.at("/who/x");
            for (String offered : List.of("chat.v1, bearer.s3cr3t.t0ken", "bearer.s3cr3t.t0ken, chat.v1")) {
                RawClient.Answer answer = RawClient.ask(uri, header + offered);

                assertEquals(101, answer.status());
                assertEquals("chat.v1", answer.header("Sec-WebSocket-Protocol"));
                assertFalse(answer.toString().contains("s3cr3t"), answer.toString());
            }
            RawClient.Answer alone = RawClient.ask(uri, header + "bearer.s3cr3t.t0ken");
            assertEquals("", alone.header("Sec-WebSocket-Protocol"));
            RawClient.Answer wrong = RawClient.ask(uri, header + "chat.v1, bearer.wr0ng");
            assertFalse(wrong.toString().contains("wr0ng"), wrong.toString());
            try (Client ann = Client.Kind.JDK.connect(uri, Map.of(), List.of("chat.v1", "bearer.s3cr3t.t0ken"))) {
                assertEquals("ann", JSON.readTree(ann.text()).path("user").asText());
            }
        }
    }

    // How it ends

    @Test
    void aConsumerThatFailsEndsItsConnectionWith1011AndIsToldSo() throws Exception {
        String id = newId();
        try (Client ann = connect("/desk?id=" + id)) {
            ann.send("fail");

            CloseStatus closed = ann.closed();
            assertEquals(1011, closed.code());
            assertFalse(closed.reason().contains("secret"));
            assertEquals(1011, journal.end(id).code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void codeAndReasonOfACloseArrive(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server.at("/desk"))) {
            ann.send("close-with 4001 because I say so");

            assertEquals(new CloseStatus(4001, "because I say so"), ann.closed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCloseWithoutACodeIsNormal(Client.Kind kind) throws Exception {
        String id = newId();
        try (Client ann = kind.connect(server.at("/desk?id=" + id))) {
            ann.send("close");

            assertEquals(1000, ann.closed().code());
            assertEquals(1000, journal.end(id).code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConsumerLearnsHowThePeerClosed(Client.Kind kind) throws Exception {
        String id = newId();
        try (Client ann = kind.connect(server.at("/desk?id=" + id))) {
            ann.close(new CloseStatus(4002, "bye"));

            CloseStatus end = journal.end(id);
            if (end.code() != 1006 || !quirks().contains(Quirk.MAY_FORGET_THE_PEERS_CODE)) {
                assertEquals(new CloseStatus(4002, "bye"), end);
            }
        }
    }

    @Test
    void aPeerThatClosesWithoutACodeIsReportedAs1005() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/desk?id=" + id)) {
            ann.send(true, CLOSE, new byte[0]);

            int expected = quirks().contains(Quirk.REPORTS_NO_STATUS_AS_NORMAL) ? 1000 : 1005;
            assertEquals(expected, journal.end(id).code());
        }
    }

    @Test
    void whatWasSaidBeforeTheCloseIsStillHandled() throws Exception {
        String id = newId();
        try (Client listener = connect("/rooms/last-words/live");
                RawClient ann = raw("/rooms/last-words/live?id=" + id)) {
            assertEquals("joined", listener.text());
            for (int i = 0; i < 50; i++) {
                ann.send("last words " + i);
            }
            ann.send(true, CLOSE, new byte[] {3, (byte) 0xE8});

            for (int i = 0; i < 50; i++) {
                assertEquals("last words " + i, listener.text());
            }
            assertEquals(1000, journal.end(id).code());
        }
    }

    @Test
    void aConsumerCanRefuseOnConnectBeforeAnyFrame() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/refusing?id=" + id)) {
            RawClient.RawFrame first = ann.next();

            assertEquals(CLOSE, first.opcode());
            assertEquals(new CloseStatus(4003, "not today"), first.closeStatus());
            assertEquals(4003, journal.end(id).code());
        }
    }

    @Test
    void aResetIsNoticedAtOnce() throws Exception {
        String id = newId();
        RawClient ann = raw("/desk?id=" + id);
        Channel channel = journal.open(id);

        ann.reset();

        assertEquals(1006, journal.end(id).code());
        assertTrue(box.channel(channel.id()).isEmpty());
    }

    @Test
    void aPeerThatHangsUpIsNoticedAtOnce() throws Exception {
        String id = newId();
        RawClient ann = raw("/desk?id=" + id);
        journal.open(id);

        ann.close();

        assertEquals(1006, journal.end(id).code());
    }

    @Test
    void aFrameAgainstTheProtocolEndsTheConnection() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/desk?id=" + id)) {
            ann.write(new byte[] {(byte) 0x83, (byte) 0x80, 1, 2, 3, 4}); // operation code 3 does not exist

            ann.untilEnd();
            int code = journal.end(id).code();
            assertTrue(code == 1002 || code == 1006, () -> "ended with " + code);
        }
    }

    @Test
    void textThatIsNoUtf8EndsTheConnection() throws Exception {
        String id = newId();
        try (RawClient ann = raw("/desk?id=" + id)) {
            ann.send(true, TEXT, new byte[] {'a', (byte) 0xC3, 'b', (byte) 0xFF});

            ann.untilEnd();
            int code = journal.end(id).code();
            assertTrue(code == 1007 || code == 1002 || code == 1006, () -> "ended with " + code);
        }
    }

    // Sizes

    @Test
    void aMessageOfExactlyTheLargestSizePasses() throws Exception {
        try (RawClient ann = raw("/desk")) {
            ann.send("length " + "x".repeat(LARGEST - 7));
            assertEquals(Integer.toString(LARGEST), textOf(ann));

            String threeBytes = "length " + "€".repeat((LARGEST - 7) / 3);
            assertEquals(LARGEST, threeBytes.getBytes(UTF_8).length);
            ann.send(threeBytes);
            assertEquals(Integer.toString(threeBytes.length()), textOf(ann));
        }
    }

    @Test
    void aMessageInFragmentsIsPutTogetherEvenWhereACharacterIsCut() throws Exception {
        try (RawClient ann = raw("/desk")) {
            byte[] message = "grüße \uD83D\uDE00 €".getBytes(UTF_8);
            ann.send(false, TEXT, new byte[0]);
            for (byte each : message) {
                ann.send(false, CONTINUATION, new byte[] {each});
            }
            ann.send(true, CONTINUATION, new byte[0]);

            assertEquals("Echo: grüße \uD83D\uDE00 €", textOf(ann));
        }
    }

    @Test
    void aPingBetweenFragmentsIsAnswered() throws Exception {
        try (RawClient ann = raw("/bytes")) {
            ann.send(false, BINARY, new byte[] {1});
            ann.send(true, PING, new byte[] {9, 9});
            RawClient.RawFrame pong = ann.next();
            ann.send(true, CONTINUATION, new byte[] {2});

            assertEquals(PONG, pong.opcode());
            assertArrayEquals(new byte[] {9, 9}, pong.payload());
            assertArrayEquals(new byte[] {42, 1, 2}, ann.next().payload());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    void oneByteMoreInOneFrameClosesWith1009(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            ann.send(true, opcode, "x".repeat(LARGEST + 1).getBytes(UTF_8));

            assertEquals(1009, ann.closeFrame().closeStatus().code());
            assertEquals(1009, journal.end(id).code());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    void oneByteMoreInFragmentsClosesWith1009(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            byte[] fragment = "x".repeat(1024).getBytes(UTF_8);
            ann.send(false, opcode, fragment);
            for (int sent = 1024; sent < LARGEST; sent += 1024) {
                ann.send(false, CONTINUATION, fragment);
            }
            ann.send(true, CONTINUATION, new byte[] {'x'});

            assertEquals(1009, ann.closeFrame().closeStatus().code());
            assertEquals(1009, journal.end(id).code());
        }
    }

    @Test
    void aMountMayAllowMore() throws Exception {
        try (Client ann = connect("/large")) {
            String message = "length " + "é".repeat(700_000);

            assertEquals(Integer.toString(message.length()), ann.ask(message));
        }
        try (RawClient bob = raw("/large")) {
            bob.send(true, TEXT, "x".repeat((2 << 20) + 1).getBytes(UTF_8));

            assertEquals(1009, bob.closeFrame().closeStatus().code());
        }
    }

    /** Who is closed while it still sends may find the connection reset before it has read why. */
    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    void aMessageThatNeverEndsClosesWith1009(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            byte[] fragment = "x".repeat(1024).getBytes(UTF_8);
            ann.send(false, opcode, fragment);
            boolean taken = true;
            for (int sent = 1024; taken && sent < 2 * LARGEST; sent += 1024) {
                taken = ann.sendUnlessDropped(CONTINUATION, fragment);
            }

            assertEquals(1009, journal.end(id).code());
            assertEquals(0, ann.framesUntilClosed());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    void aFrameThatPromisesAGigabyteIsNotWaitedFor(int opcode) throws Exception {
        String id = newId();
        try (RawClient ann = raw((opcode == TEXT ? "/desk?id=" : "/bytes?id=") + id)) {
            ann.begin(true, opcode, 1 << 30);
            ann.continueWith("x".repeat(LARGEST).getBytes(UTF_8));
            ann.continueWith("xxxx".repeat(1 << 12).getBytes(UTF_8)); // what a container may hold back

            if (quirks().contains(Quirk.COLLECTS_FRAMES)) {
                ann.reset();
                assertEquals(1006, journal.end(id).code());
            } else {
                assertEquals(1009, journal.end(id).code());
                assertEquals(0, ann.framesUntilClosed());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMegabyteLeavesWhole(Client.Kind kind) throws Exception {
        try (Client ann = kind.connect(server.at("/desk"))) {
            String large = ann.ask("large " + (1 << 20));

            assertEquals("é".repeat(1 << 19), large);
        }
    }

    // Rooms

    @Test
    void whatAnyoneSaysReachesTheRoomAndNoOther() throws Exception {
        try (Client ann = connect("/rooms/one/live");
                Client bob = Client.Kind.JAVA_WEBSOCKET.connect(server.at("/rooms/one/live"));
                Client eve = connect("/rooms/two/live")) {
            for (Client each : List.of(ann, bob, eve)) {
                assertEquals("joined", each.text());
            }

            ann.send("hello");
            eve.send("elsewhere");

            assertEquals("hello", ann.text());
            assertEquals("hello", bob.text());
            assertEquals("elsewhere", eve.text());
        }
    }

    @Test
    void aLoneSurrogateHurtsNobody() throws Exception {
        List<Client> room = members("poisoned", 5);
        try {
            box.group("poisoned").broadcast("a\uD800b");
            box.group("poisoned").broadcast("after");

            for (Client member : room) {
                assertEquals("a\uFFFDb", member.text());
                assertEquals("after", member.text());
            }
        } finally {
            room.forEach(Client::close);
        }
    }

    @Test
    void twentyThousandFramesLeaveOneAfterTheOther() throws Exception {
        try (Client ann = connect("/desk")) {
            ann.send("flood 20000");

            for (int i = 0; i < 20_000; i++) {
                assertEquals(Integer.toString(i), ann.text());
            }
        }
    }

    @Test
    void everyoneHearsConcurrentBroadcastsInOneOrderAndMissesNone() throws Exception {
        int threads = 8;
        int each = 100;
        List<Client> room = members("busy", 20);
        try {
            CompletableFuture<?>[] speakers = IntStream.range(0, threads)
                    .mapToObj(speaker -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < each; i++) {
                            box.group("busy").broadcast(speaker + ":" + i);
                        }
                    }))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(speakers).get(Client.SECONDS, TimeUnit.SECONDS);

            List<String> first = take(room.get(0), threads * each);
            assertEquals(threads * each, new HashSet<>(first).size());
            for (Client other : room.subList(1, room.size())) {
                assertEquals(first, take(other, threads * each));
            }
        } finally {
            room.forEach(Client::close);
        }
    }

    @Test
    void whoStopsReadingIsClosedWhileTheOthersGetEverything() throws Exception {
        String id = newId();
        String padding = "x".repeat(2_000);
        try (var own = ChannelBox.builder().build();
                TestServer served = start(endpoints(own));
                RawClient deaf = RawClient.connect(served.at("/rooms/crowd/live?id=" + id));
                Client ann = Client.Kind.JDK.connect(served.at("/rooms/crowd/live"));
                Client bob = Client.Kind.JAVA_WEBSOCKET.connect(served.at("/rooms/crowd/live"))) {
            Channel channel = journal.open(id);
            assertEquals("joined", ann.text());
            assertEquals("joined", bob.text());

            for (int batch = 0; batch < 100; batch++) { // in steps, so that only the deaf one falls behind
                for (int i = 0; i < 100; i++) {
                    own.group("crowd").broadcast((batch * 100 + i) + padding);
                }
                for (int i = 0; i < 100; i++) {
                    String expected = (batch * 100 + i) + padding;
                    assertEquals(expected, ann.text());
                    assertEquals(expected, bob.text());
                }
            }

            assertEquals(CloseStatus.TOO_SLOW.code(), journal.end(id).code());
            assertTrue(own.channel(channel.id()).isEmpty());
            assertEquals(2, own.group("crowd").size());
            assertTrue(deaf.framesUntilClosed() < 10_000);
        }
    }

    @Test
    void whoReadsOnAfterBeingTooSlowLearnsWhy() throws Exception {
        String id = newId();
        try (var own = ChannelBox.builder().build();
                TestServer served = start(endpoints(own));
                RawClient slow = RawClient.connect(served.at("/rooms/crowd/live?id=" + id))) {
            Channel channel = journal.open(id);
            String padding = "x".repeat(20_000);
            while (channel.isOpen()) {
                own.group("crowd").broadcast(padding);
            }

            assertEquals(
                    CloseStatus.TOO_SLOW.code(), slow.closeFrame().closeStatus().code());
        }
    }

    // Who sends faster than its consumer works

    @Test
    void whoSendsTooFastIsSlowedDownWhileThereIsAThreadToSpare() throws Exception {
        ChatEndpoints sparingOne = endpoints(box).slowingSenders(1);
        if (quirks().contains(Quirk.SLOWS_NOBODY_DOWN)) {
            whoSendsTooFastIsClosed(sparingOne);
            return;
        }
        String slowed = newId();
        String closed = newId();
        try (TestServer served = start(sparingOne);
                RawClient ann = RawClient.connect(served.at("/clerk?id=" + slowed));
                RawClient eve = RawClient.connect(served.at("/clerk?id=" + closed))) {
            Flood first = Flood.of(ann);
            nothingTellsAPeerThatDoesNotRead(Duration.ofSeconds(1));
            Flood.of(eve).end();
            journal.begin(closed);

            assertEquals(CloseStatus.OVERLOAD.code(), journal.end(closed).code());
            everythingIsHandled(slowed, ann, first);
        }
    }

    @Test
    void whereNoThreadMayWaitWhoSendsTooFastIsClosed() throws Exception {
        whoSendsTooFastIsClosed(endpoints(box).slowingSenders(0));
    }

    /** Floods a consumer that does nothing for a while, and looks whether everything is handled in the end. */
    protected final void whoSendsTooFastIsSlowedDown(ChatEndpoints endpoints) throws Exception {
        String id = newId();
        try (TestServer served = start(endpoints);
                Client bob = Client.Kind.JDK.connect(served.at("/desk"));
                RawClient ann = RawClient.connect(served.at("/clerk?id=" + id))) {
            Flood flood = Flood.of(ann);
            nothingTellsAPeerThatDoesNotRead(Duration.ofSeconds(1));

            assertEquals("Echo: not me", bob.ask("not me"));
            everythingIsHandled(id, ann, flood);
        }
    }

    private void everythingIsHandled(String id, RawClient client, Flood flood) throws Exception {
        assertTrue(flood.sent() < Flood.MESSAGES, "all messages were taken at once");
        journal.begin(id);
        flood.end();
        client.send("sum");
        assertEquals("counted " + Flood.MESSAGES, textOf(client));
    }

    /** Floods a consumer that does nothing, and looks whether it is closed and nobody else feels it. */
    protected final void whoSendsTooFastIsClosed(ChatEndpoints endpoints) throws Exception {
        String id = newId();
        try (TestServer served = start(endpoints);
                Client bob = Client.Kind.JDK.connect(served.at("/desk"));
                RawClient ann = RawClient.connect(served.at("/clerk?id=" + id))) {
            Flood flood = Flood.of(ann);
            while (journal.open(id).isOpen()) {
                assertEquals("Echo: not me", bob.ask("not me"));
            }
            journal.begin(id);

            assertEquals(CloseStatus.OVERLOAD.code(), journal.end(id).code());
            flood.end();
        }
    }

    private List<Client> members(String room, int count) throws Exception {
        List<Client> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Client member = connect("/rooms/" + room + "/live");
            members.add(member);
            assertEquals("joined", member.text());
        }
        return members;
    }

    private static List<String> take(Client client, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(client.text());
        }
        return texts;
    }

    private static String textOf(RawClient client) throws Exception {
        RawClient.RawFrame frame = client.next();
        assertEquals(TEXT, frame.opcode());
        assertTrue(frame.last());
        return new String(frame.payload(), UTF_8);
    }

    // Life and death

    @Test
    void aPingIsAnswered() throws Exception {
        try (RawClient ann = raw("/desk")) {
            ann.send(true, PING, "are you there".getBytes(UTF_8));

            RawClient.RawFrame pong = ann.next();
            assertEquals(PONG, pong.opcode());
            assertEquals("are you there", new String(pong.payload(), UTF_8));
        }
    }

    @Test
    void aPeerThatAnswersNoPingIsGivenUpAndOneThatDoesLives() throws Exception {
        String dead = newId();
        String alive = newId();
        try (var own = ChannelBox.builder()
                        .pings(Duration.ofMillis(300), Duration.ofMillis(300))
                        .build();
                TestServer served = start(endpoints(own));
                RawClient ann = RawClient.connect(served.at("/desk?id=" + dead));
                Client bob = Client.Kind.JDK.connect(served.at("/desk?id=" + alive))) {
            assertEquals(PING, ann.next().opcode());

            assertEquals(CloseStatus.DEAD_PEER.code(), journal.end(dead).code());
            assertEquals("Echo: still here", bob.ask("still here"));
        }
    }

    @Test
    void aCloseDuringASendThatDoesNotEndIsNotWaitedForForEver() throws Exception {
        String id = newId();
        try (var own = ChannelBox.builder().closeTimeout(Duration.ofSeconds(1)).build();
                TestServer served = start(endpoints(own));
                RawClient ann = RawClient.connect(served.at("/desk?id=" + id))) {
            int size = 32 << 20;
            journal.open(id).send("x".repeat(size));
            journal.open(id).close(new CloseStatus(4001, "enough"));

            assertEquals(4001, journal.end(id).code());
            if (!quirks().contains(Quirk.KEEPS_STALLED_CONNECTIONS)) {
                nothingTellsAPeerThatDoesNotRead(Duration.ofMillis(2_500));
                assertTrue(ann.untilEnd() < size - 1_000_000);
            }
        }
    }

    /** The one place that waits without an event: there is none on this side of a full socket. */
    private static void nothingTellsAPeerThatDoesNotRead(Duration time) throws Exception {
        assertFalse(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Test
    void closingTheBoxTellsEveryPeerOnce() throws Exception {
        var own = ChannelBox.builder().build();
        try (TestServer served = start(endpoints(own));
                RawClient ann = RawClient.connect(served.at("/desk"));
                Client bob = Client.Kind.JDK.connect(served.at("/greeter"))) {
            assertEquals("Welcome", bob.text());
            CompletableFuture<Void> closing = CompletableFuture.runAsync(own::close);

            RawClient.RawFrame close = ann.next();
            assertEquals(CLOSE, close.opcode());
            assertEquals(1001, close.closeStatus().code());
            assertEquals(0, ann.answer(close));
            assertEquals(1001, bob.closed().code());
            closing.get(5, TimeUnit.SECONDS);

            whoComesLateIsToldWhenToComeAgain(served.at("/desk"));
        }
    }

    private static void whoComesLateIsToldWhenToComeAgain(URI desk) throws Exception {
        RawClient.Answer answer = RawClient.ask(desk);
        if (answer.status() == 101) { // there is no filter in front
            try (RawClient late = RawClient.connect(desk)) {
                CloseStatus told = late.next().closeStatus();
                assertEquals(1013, told.code());
                assertTrue(told.retryAfter().isPresent(), told.reason());
            }
        } else {
            assertEquals(503, answer.status());
            assertTrue(answer.body().startsWith("going away; retry in "), answer.body());
            assertTrue(Integer.parseInt(answer.header("Retry-After")) <= 1, answer.header("Retry-After"));
        }
    }

    @Test
    void stoppingTheContainerClosesItsChannels() throws Exception {
        String id = newId();
        TestServer stopping = start(endpoints(box));
        try (Client ann = Client.Kind.JDK.connect(stopping.at("/desk?id=" + id))) {
            Channel channel = journal.open(id);

            stopping.stop();

            boolean drops = quirks().contains(Quirk.DROPS_CONNECTIONS_ON_STOP);
            assertEquals(drops ? 1006 : 1001, ann.closed().code());
            int end = journal.end(id).code(); // where it drops, whichever comes first: the loss, or our wish to close
            assertTrue(end == 1001 || (drops && end == 1006), () -> "ended with " + end);
            assertTrue(box.channel(channel.id()).isEmpty());
        }
    }
}
