package io.channelbox.containers;

import static io.channelbox.containers.RawClient.CLOSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.User;
import io.channelbox.channel.CloseStatus;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection says of itself when it opens, and who is let in. */
interface HandshakeSuite extends Fixture {

    @Test
    default void pathAndQueryAndHeadersAndCookiesAreThereOnConnectAndOnEveryMessage() throws Exception {
        URI uri = server().at("/who/caf%C3%A9%20noir?token=ann&tag=a+b%26c&tag=d&room_id=other");
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
    default void anEncodedSlashStaysInItsSegment() throws Exception {
        if (quirks().contains(Quirk.REFUSES_ENCODED_SLASHES)) {
            assertEquals(400, RawClient.ask(server().at("/who/a%2Fb")).status());
            return;
        }
        try (Client ann = connect("/who/a%2Fb")) {
            assertEquals(
                    "{\"room_id\":\"a/b\"}",
                    JSON.readTree(ann.text()).path("pathParameters").toString());
        }
    }

    @Test
    default void pagesOfTheOwnHostAndOfFriendsAndProgramsMayConnect() throws Exception {
        String own = "localhost:" + server().port();
        for (String origin : List.of("http://" + own, "https://" + own, "https://friend.example")) {
            raw("/desk", "Origin: " + origin).close();
        }
        raw("/desk").close();
    }

    @ParameterizedTest
    @EnumSource
    default void theFirstOfferedSubprotocolThatIsSpokenHereIsAgreedOn(Client.Kind kind) throws Exception {
        List<String> offered = List.of("bearer.abc", "chat.v1", "chat.v2");
        try (Client ann = kind.connect(server().at("/desk"), Map.of(), offered)) {
            assertEquals("chat.v1", ann.subprotocol());
            assertEquals("Echo: x", ann.ask("x"));
        }
    }

    @Test
    default void theLibrarysOwnSubprotocolIsAgreedOnWhereverJsonIsWritten() throws Exception {
        String header = "Sec-WebSocket-Protocol: channelbox.v1";

        assertEquals(
                "channelbox.v1", RawClient.ask(server().at("/json"), header).header("Sec-WebSocket-Protocol"));
        assertEquals("", RawClient.ask(server().at("/desk"), header).header("Sec-WebSocket-Protocol"));
    }

    @Test
    default void whereNoSubprotocolIsSharedNoneIsAgreedOn() throws Exception {
        RawClient.Answer answer = RawClient.ask(server().at("/desk"), "Sec-WebSocket-Protocol: other");

        assertEquals(101, answer.status());
        assertEquals("", answer.header("Sec-WebSocket-Protocol"));
    }

    @Test
    default void compressionIsNotAgreedOn() throws Exception {
        RawClient.Answer answer = RawClient.ask(server().at("/desk"), "Sec-WebSocket-Extensions: permessage-deflate");

        assertEquals(101, answer.status());
        assertEquals("", answer.header("Sec-WebSocket-Extensions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/who", "/who/a/b", "/desk/"})
    default void anUnknownPathIsNotFound(String path) throws Exception {
        assertEquals(404, RawClient.ask(server().at(path)).status());
    }

    @Test
    default void anEmptyParameterIsNotFound() throws Exception {
        if (RawClient.ask(server().at("/who/")).status() != 404) { // the container thinks that it matches
            try (RawClient ann = raw("/who/")) {
                assertEquals(4404, ann.next().closeStatus().code());
            }
        }
    }

    @Test
    default void whereThereIsNoFilterARefusalIsACloseCode() throws Exception {
        try (TestServer bare = start(endpoints(box()).toConfigs())) {
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
    default void whereTheMountSaysSoAPeerIsToldOfItsAuthenticationFirst() throws Exception {
        try (TestServer bare = start(endpoints(box()).toConfigs())) {
            for (TestServer each : List.of(server(), bare)) {
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
            assertEquals("authentication: " + told, ann.text());
            RawClient.RawFrame close = ann.next();
            assertEquals(CLOSE, close.opcode());
            assertEquals(code, close.closeStatus().code());
            assertEquals(0, ann.answer(close));
        }
    }

    @Test
    default void aTokenThatIsOfferedAsASubprotocolIsReadAndNeverSaidAgain() throws Exception {
        ChatEndpoints endpoints = ChatEndpoints.of(box())
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
}
