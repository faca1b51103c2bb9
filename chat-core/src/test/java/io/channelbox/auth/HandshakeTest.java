package io.channelbox.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    @Test
    void theQueryIsDecodedAndKeepsAllValuesInTheirOrder() {
        Handshake asked = Handshake.at("/chat")
                .rawQuery("token=a%2Bb%20c+d&room=1&room=2&flag&empty=&=nameless&x=%zz&eq=a=b&&%C3%A9=%F0%9F%98%80")
                .build();

        assertEquals(Optional.of("a+b c d"), asked.query("token"));
        assertEquals(List.of("1", "2"), asked.query().get("room"));
        assertEquals(Optional.of(""), asked.query("flag"));
        assertEquals(Optional.of(""), asked.query("empty"));
        assertEquals(Optional.of("nameless"), asked.query(""));
        assertEquals(Optional.of("%zz"), asked.query("x"));
        assertEquals(Optional.of("a=b"), asked.query("eq"));
        assertEquals(Optional.of("😀"), asked.query("é"));
        assertEquals(Optional.empty(), asked.query("Token"));
    }

    @Test
    void headersDoNotMindUpperAndLowerCase() {
        Handshake asked = Handshake.at("/chat")
                .header("AUTHORIZATION", "Bearer x")
                .header("x-many", "1")
                .header("X-Many", "2")
                .header("origin", "https://example.org")
                .build();

        assertEquals(Optional.of("Bearer x"), asked.header("Authorization"));
        assertEquals(List.of("1", "2"), asked.headers().get("X-MANY"));
        assertEquals(Optional.of("https://example.org"), asked.origin());
        assertEquals(Optional.empty(), asked.header("Cookie"));
    }

    @Test
    void cookiesAreReadFromAllTheirHeadersAndTheFirstOfANameCounts() {
        Handshake asked = Handshake.at("/chat")
                .header("cookie", "session=abc; theme=\"dark\";empty=; =nameless; broken")
                .header("Cookie", "session=other; token=a=b==")
                .build();

        assertEquals(Optional.of("abc"), asked.cookie("session"));
        assertEquals(Optional.of("dark"), asked.cookie("theme"));
        assertEquals(Optional.of(""), asked.cookie("empty"));
        assertEquals(Optional.of("a=b=="), asked.cookie("token"));
        assertEquals(Optional.empty(), asked.cookie("broken"));
        assertEquals(Optional.empty(), asked.cookie(""));
        assertEquals(
                List.of("session", "theme", "empty", "token"),
                List.copyOf(asked.cookies().keySet()));
    }

    @Test
    void whatTheSessionHeldIsThereByName() {
        Handshake asked = Handshake.at("/chat").session("name", "ann").build();

        assertEquals(Optional.of("ann"), asked.session("name"));
        assertEquals(Optional.empty(), asked.session("other"));
        assertEquals(Map.of("name", "ann"), asked.session());
    }

    @Test
    void subprotocolsAreReadInTheirOrderFromOneHeaderOrMany() {
        Handshake asked = Handshake.at("/chat")
                .header("Sec-WebSocket-Protocol", "chat.v2 , chat.v1,,")
                .header("sec-websocket-protocol", "plain")
                .build();

        assertEquals(List.of("chat.v2", "chat.v1", "plain"), asked.subprotocols());
    }

    @Test
    void aHandshakeKnowsWhatIsAgreedOn() {
        Handshake.Builder asked = Handshake.at("/chat").header("Sec-WebSocket-Protocol", "bearer.x, chat.v2, chat.v1");

        assertEquals(Optional.empty(), asked.build().subprotocol());
        assertEquals(
                Optional.of("chat.v2"),
                asked.speaking(Subprotocols.of("chat.v1", "chat.v2")).build().subprotocol());
    }

    @Test
    void aParameterThePathDoesNotHaveIsRefusedWithTheCure() {
        Handshake asked =
                Handshake.at("/chat/7").pathParameters(Map.of("room", "7")).build();

        assertEquals("7", asked.path("room"));
        var refused = assertThrows(IllegalArgumentException.class, () -> asked.path("room_id"));
        assertTrue(String.valueOf(refused.getMessage()).contains("/chat/{room_id}"));
    }

    @Test
    void itIsACopyThatCannotBeChanged() {
        var builder = Handshake.at("/chat").header("a", "1").query("b", "2");
        Handshake asked = builder.build();
        builder.header("a", "changed").query("b", "changed");

        assertEquals(List.of("1"), asked.headers().get("a"));
        assertEquals(List.of("2"), asked.query().get("b"));
        assertThrows(UnsupportedOperationException.class, () -> asked.headers().clear());
        assertThrows(UnsupportedOperationException.class, () -> asked.query().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> asked.pathParameters().clear());
        assertThrows(UnsupportedOperationException.class, () -> asked.cookies().clear());
        assertThrows(UnsupportedOperationException.class, () -> asked.session().clear());
    }

    @Test
    void itTellsLogsThePathOnly() {
        Handshake asked = Handshake.at("/chat")
                .rawQuery("token=secret")
                .header("Authorization", "secret")
                .build();

        assertEquals("handshake at /chat", asked.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "/ws/{room},/ws/lobby,lobby",
        "/ws/{room},/ws/a%2Fb,a/b",
        "/ws/{room},/ws/a+b,a+b",
        "/ws/{room},/ws/%C3%A9%20x,é x",
        "/api/{room}/live,/api/7/live,7"
    })
    void aParameterIsOneSegmentDecoded(String template, String path, String room) {
        assertEquals(Optional.of(Map.of("room", room)), new PathTemplate(template).match(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/ws/", "/ws/a/b", "/ws/a/", "/other/a", "", "ws/a", "/ws/%zz", "/WS/a"})
    void anotherPathDoesNotMatch(String path) {
        assertEquals(Optional.empty(), new PathTemplate("/ws/{room}").match(path));
    }

    @Test
    void aParameterThatIsTooLongOrHoldsControlCharactersBelongsToNoPath() {
        var template = new PathTemplate("/ws/{room}");

        assertTrue(template.match("/ws/" + "x".repeat(200)).isPresent());
        assertEquals(Optional.empty(), template.match("/ws/" + "x".repeat(10_000)));
        assertEquals(Optional.empty(), template.match("/ws/a%00b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ws", "/a{b}", "/{b}a", "/{}", "/{a}/{a}", "/{a}{b}", "/{a", "/a}", "/{{a}", "/{a}}"})
    void aTemplateThatIsNoneIsRefused(String template) {
        assertThrows(IllegalArgumentException.class, () -> new PathTemplate(template));
    }

    @Test
    void everyGuestIsSomeoneElse() {
        Authenticator guests = Authenticator.guests();
        var first = assertInstanceOf(
                AuthResult.Accepted.class, guests.authenticate(Handshake.at("/").build()));
        var second = assertInstanceOf(
                AuthResult.Accepted.class, guests.authenticate(Handshake.at("/").build()));

        assertNotEquals(first.user(), second.user());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/*", "/x/{a:.+}", "/x/{}", "/x/{a b}"})
    void aPathHasNoPatterns(String path) {
        assertThrows(IllegalArgumentException.class, () -> new PathTemplate(path));
    }

    @Test
    void aPathWithAnUnfitParameterIsCoveredAndNotMatched() {
        var template = new PathTemplate("/chat/{room}");

        assertTrue(template.covers("/chat/" + "x".repeat(300)) && template.covers("/chat/"));
        assertFalse(template.covers("/news/7") || template.covers("/chat/7/8"));
        assertTrue(template.match("/chat/").isEmpty());
    }
}
