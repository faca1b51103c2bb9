package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    @ParameterizedTest
    @CsvSource({
        "http://chat.example, chat.example, true",
        "https://chat.example, chat.example, true",
        "HTTPS://Chat.Example, chat.example, true",
        "https://chat.example, CHAT.example:443, true",
        "http://chat.example:80, chat.example, true",
        "http://localhost:8000, localhost:8000, true",
        "https://localhost:8000, localhost:8000, true",
        "http://[::1]:8000, [::1]:8000, true",
        "http://my_host:8000, my_host:8000, true",
        "http://localhost:8001, localhost:8000, false",
        "http://localhost, localhost:8000, false",
        "http://chat.example:8000, chat.example, false",
        "https://evil.example, chat.example, false",
        "https://chat.example.evil.example, chat.example, false",
        "https://evilchat.example, chat.example, false",
        "https://chat.example@evil.example, chat.example, false",
        "https://chat.example/path, chat.example, false",
        "null, chat.example, false",
        "'', chat.example, false",
        "chat.example, chat.example, false",
        "https://, '', false",
        "https://chat.example:99999999999, chat.example:99999999999, false",
        "https://chat.example:99999, chat.example:99999, false",
        "foo://chat.example, chat.example, false",
        "//chat.example, chat.example, false",
        "https://.chat.example, .chat.example, false",
        "https://chat..example, chat..example, false",
        "https://chat.example:, chat.example, false",
        "https://chat.example\\, chat.example, false",
        "' https://chat.example', chat.example, false",
        "https://chat.example https://chat.example, chat.example, false"
    })
    void aPageMayConnectToTheHostItCameFrom(String origin, String host, boolean allowed) {
        Handshake handshake =
                handshake().header("Host", host).header("Origin", origin).build();

        assertEquals(allowed, Origins.SAME_HOST.allow(handshake));
    }

    @Test
    void aProgramNamesNoOriginAndMayConnect() {
        assertTrue(Origins.SAME_HOST.allow(
                handshake().header("Host", "chat.example").build()));
    }

    @Test
    void withoutAHostNoPageIsAtHome() {
        assertEquals(
                false,
                Origins.SAME_HOST.allow(
                        handshake().header("Origin", "https://a.example").build()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://friend.example, true",
        "https://FRIEND.example:443, true",
        "https://chat.example, true",
        "http://friend.example, false",
        "https://friend.example:444, false",
        "https://other.example, false"
    })
    void allowedOriginsMayConnectBesidesTheOwnHost(String origin, boolean allowed) {
        Origins origins = Origins.SAME_HOST.allowing(List.of("https://friend.example"));
        Handshake handshake = handshake()
                .header("Host", "chat.example")
                .header("Origin", origin)
                .build();

        assertEquals(allowed, origins.allow(handshake));
    }

    @ParameterizedTest
    @CsvSource({
        // a host, on the usual ports
        "allowed-domain.com, http://allowed-domain.com, true",
        "allowed-domain.com, https://allowed-domain.com, true",
        "allowed-domain.com, https://ALLOWED-domain.com:443, true",
        "Allowed-Domain.com, https://allowed-domain.com, true",
        "allowed-domain.com, https://allowed-domain.com:8443, false",
        "allowed-domain.com, ftp://allowed-domain.com, false",
        "allowed-domain.com, https://www.allowed-domain.com, false",
        "allowed-domain.com, https://not-allowed-domain.com, false",
        "allowed-domain.com, https://allowed-domain.com.evil.example, false",
        "localhost:3000, http://localhost:3000, true",
        "localhost:3000, https://localhost:3000, true",
        "localhost:3000, http://localhost, false",
        // a host with all that is below it
        ".allowed-domain.com, https://www.allowed-domain.com, true",
        ".allowed-domain.com, https://a.b.allowed-domain.com, true",
        ".allowed-domain.com, https://allowed-domain.com, true",
        ".allowed-domain.com, https://www.allowed-domain.com:8443, false",
        ".allowed-domain.com, https://wwwallowed-domain.com, false",
        ".allowed-domain.com, https://allowed-domain.com.evil.example, false",
        ".allowed-domain.com, https://.allowed-domain.com, false",
        // a scheme and a port
        "http://allowed-domain.com, http://allowed-domain.com:80, true",
        "http://allowed-domain.com, https://allowed-domain.com, false",
        "http://allowed-domain.com, http://allowed-domain.com:8080, false",
        "http://allowed-domain.com:8080, http://allowed-domain.com:8080, true",
        "http://allowed-domain.com:8080, http://allowed-domain.com, false",
        "https://.allowed-domain.com, https://www.allowed-domain.com, true",
        "https://.allowed-domain.com, http://www.allowed-domain.com, false",
        "chrome-extension://abcdef, chrome-extension://abcdef, true",
        "chrome-extension://abcdef, https://abcdef, false",
        // what is no origin
        "allowed-domain.com, '', false",
        "allowed-domain.com, null, false",
        "allowed-domain.com, allowed-domain.com, false",
        "allowed-domain.com, https://allowed-domain.com/, false",
        "allowed-domain.com, https://allowed-domain.com%2F, false",
        "allowed-domain.com, https://user@allowed-domain.com, false",
        "allowed-domain.com, \u0001, false"
    })
    void aPatternAllowsWhatItSays(String pattern, String origin, boolean allowed) {
        Handshake handshake = handshake()
                .header("Host", "chat.example")
                .header("Origin", origin)
                .build();

        assertEquals(allowed, Origins.SAME_HOST.allowing(List.of(pattern)).allow(handshake));
    }

    @Test
    void noPatternsLeaveTheOwnHostOnly() {
        Origins origins = Origins.SAME_HOST.allowing(List.of());

        assertTrue(origins.allow(from("https://chat.example")));
        assertFalse(origins.allow(from("https://allowed-domain.com")));
    }

    @Test
    void whoNamesTwoOriginsIsFromNowhere() {
        Handshake.Builder twice = handshake().header("Host", "chat.example").header("Origin", "https://chat.example");

        assertFalse(Origins.SAME_HOST.allow(
                twice.header("Origin", "https://evil.example").build()));
    }

    private static Handshake from(String origin) {
        return handshake()
                .header("Host", "chat.example")
                .header("Origin", origin)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", ""})
    void anyOriginIsAnyOrigin(String origin) {
        assertTrue(Origins.ANY.allow(handshake().header("Origin", origin).build()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://friend.example/",
                "https://friend.example:x",
                "https://friend.example:65536",
                "https://a@friend.example",
                "https://grüße.example",
                "//friend.example",
                "..friend.example",
                ".",
                " friend.example",
                "a, b",
                ""
            })
    void whatIsNoOriginIsRefusedAtTheDoor(String origin) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Origins.SAME_HOST.allowing(List.of(origin)));

        assertTrue(refused.toString().contains("https://chat.example"), refused.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.friend.example", "https://*.friend.example", "http://friend.example:*"})
    void aStarIsNoPatternAndTheCureIsTold(String origin) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Origins.SAME_HOST.allowing(List.of(origin)));

        assertTrue(refused.toString().contains("write .friend.example"), refused.toString());
        assertTrue(refused.toString().contains("allowAnyOrigin()"), refused.toString());
    }

    private static Handshake.Builder handshake() {
        return Handshake.at("/chat");
    }
}
