package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        "https://chat.example:99999999999, chat.example:99999999999, false"
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
    @ValueSource(strings = {"https://evil.example", "null", ""})
    void anyOriginIsAnyOrigin(String origin) {
        assertTrue(Origins.ANY.allow(handshake().header("Origin", origin).build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"friend.example", "*", "null", "https://friend.example/", "https://*.friend.example:x", ""})
    void whatIsNoOriginIsRefusedAtTheDoor(String origin) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Origins.SAME_HOST.allowing(List.of(origin)));

        assertTrue(refused.toString().contains("https://chat.example"), refused.toString());
    }

    private static Handshake.Builder handshake() {
        return Handshake.at("/chat");
    }
}
