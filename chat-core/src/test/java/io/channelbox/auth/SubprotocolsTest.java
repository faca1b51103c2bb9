package io.channelbox.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubprotocolsTest {

    private final Subprotocols spoken = Subprotocols.of("chat.v2", "chat.v1");

    @Test
    void theFirstThatAClientOffersAndIsSpokenIsAgreedOn() {
        assertEquals(Optional.of("chat.v1"), spoken.agreedOn(List.of("bearer.x", "chat.v1", "chat.v2")));
        assertEquals(Optional.empty(), spoken.agreedOn(List.of("other")));
        assertEquals(Optional.empty(), spoken.agreedOn(List.of()));
        assertEquals(Optional.empty(), Subprotocols.NONE.agreedOn(List.of("chat.v1")));
    }

    @Test
    void theClientSaysWhetherItPrefersTheLibrarysOwn() {
        Subprotocols both = spoken.andChannelBoxV1();

        assertEquals(Optional.of("channelbox.v1"), both.agreedOn(List.of("channelbox.v1", "chat.v1")));
        assertEquals(Optional.of("chat.v1"), both.agreedOn(List.of("chat.v1", "channelbox.v1")));
        assertEquals(Optional.empty(), spoken.agreedOn(List.of("channelbox.v1")));
    }

    @Test
    void aTokenIsNoSubprotocol() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Subprotocols.of("chat.v1", "bearer.secret"));

        assertTrue(refused.toString().contains("subprotocols(\"chat.v1\")"), refused.toString());
        assertFalse(refused.toString().contains("secret"), refused.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "chat.v1,chat.v2", "chat/1", "chät", "a\tb", "\"a\"", "{a}"})
    void whatNoClientMayOfferIsNoSubprotocol(String name) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Subprotocols.of("chat.v1", name));

        assertTrue(refused.toString().contains("was '" + name + "'"), refused.toString());
        assertTrue(refused.toString().contains("subprotocols(\"chat.v2\", \"chat.v1\")"), refused.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "Chat.V1", "a-b_c", "!#$%&'*+-.^_`|~"})
    void everyTokenOfTheStandardIsASubprotocol(String name) {
        assertEquals(List.of(name), Subprotocols.of(name).names());
    }

    @Test
    void theLibrarysOwnIsNotForApplicationsToName() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Subprotocols.of("channelbox.v1"));

        assertTrue(refused.toString().contains("Name only your own"), refused.toString());
    }
}
