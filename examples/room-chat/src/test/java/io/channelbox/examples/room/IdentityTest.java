package io.channelbox.examples.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.testkit.ManualClock;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    private final ManualClock clock = new ManualClock();
    private final Tokens tokens = new Tokens(SECRET, clock);
    private final Identity identity = new Identity(tokens, false);
    private final Identity demo = new Identity(tokens, true);

    @Test
    void aTokenIsBelievedInTheHeaderInTheAddressAndInTheCookie() {
        String token = tokens.issue(new UserName("mary_jane"), Duration.ofMinutes(1));

        assertEquals("mary_jane", nameOf(identity, handshake().header("Authorization", "Bearer " + token)));
        assertEquals("mary_jane", nameOf(identity, handshake().query("token", token)));
        assertEquals("mary_jane", nameOf(identity, handshake().header("Cookie", Identity.COOKIE + "=" + token)));
    }

    @Test
    void aTokenEndsWhenItsTimeHasCome() {
        String token = tokens.issue(new UserName("ann"), Duration.ofMinutes(1));
        clock.advance(Duration.ofSeconds(59));
        assertEquals("ann", nameOf(identity, handshake().query("token", token)));

        clock.advance(Duration.ofSeconds(1));

        assertRefused(identity, handshake().query("token", token));
    }

    @Test
    void aTokenThatWasAlteredOrSignedByOthersOrNotSignedIsRefused() throws Exception {
        String token = tokens.issue(new UserName("ann"), Duration.ofMinutes(1));
        var others = new Tokens("another secret of more than 32 bytes".getBytes(UTF_8), clock);
        var claims = new JWTClaimsSet.Builder()
                .subject("ann")
                .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                .build();
        var endless = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder().subject("ann").build());
        endless.sign(new MACSigner(SECRET));

        assertRefused(identity, handshake().query("token", token.replace(".ey", ".eY")));
        assertRefused(identity, handshake().query("token", others.issue(new UserName("ann"), Duration.ofMinutes(1))));
        assertRefused(identity, handshake().query("token", new PlainJWT(claims).serialize()));
        assertRefused(identity, handshake().query("token", endless.serialize()));
        assertRefused(identity, handshake().query("token", ""));
        assertRefused(identity, handshake().header("Authorization", "Bearer nonsense"));
        assertRefused(identity, handshake().header("Cookie", Identity.COOKIE + "=nonsense"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer", "bearer  "})
    void whoBringsAnEmptyTokenIsRefusedRatherThanAGuest(String header) {
        assertRefused(identity, handshake().header("Authorization", header));
        assertRefused(demo, handshake().header("Authorization", header));
    }

    @Test
    void aNameInTheAddressIsBelievedInADemoOnly() {
        assertEquals("mary_jane", nameOf(demo, handshake().query("user", "mary_jane")));
        assertRefused(demo, handshake().query("user", "x".repeat(10_000)));
        assertRefused(demo, handshake().query("user", "guest-1"));
        assertRefused(identity, handshake().query("user", "mary_jane"));
    }

    @Test
    void everyoneAnonymousIsAGuestOfTheirOwn() {
        String one = nameOf(identity, handshake());
        String other = nameOf(identity, handshake());

        assertTrue(one.startsWith("guest-"));
        assertNotEquals(one, other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "mary_jane", "Zoë", "李雷", "Mary Jane", "<b>", "🎉", "o'neil; drop"})
    void aNameMayBeAnythingVisible(String name) {
        assertEquals(name, new UserName(name).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " ann", "ann ", "a  b", "a\tb", "a\u0000", "a\u202eb", "a\u200bb", "\ud800", "guest-1"})
    void aNameMayNotBeInvisibleInPartOrThatOfAGuest(String name) {
        assertThrows(IllegalArgumentException.class, () -> new UserName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u2800",
                "\u115f",
                "\u1160",
                "\u3164",
                "\uffa0",
                "ann\u3164",
                "\u0308",
                "\u0308\u0301",
                "\u0308a",
                "\u20e3a"
            })
    void aNameMayNotLookBlankOrBeginWithAMark(String name) {
        assertThrows(IllegalArgumentException.class, () -> new UserName(name));
    }

    @Test
    void aNameHasUpToFortyCharactersAndOneForm() {
        assertEquals("x".repeat(40), new UserName("x".repeat(40)).value());
        assertEquals("Zo\u00eb", new UserName("Zoe\u0308").value());
        assertThrows(IllegalArgumentException.class, () -> new UserName("x".repeat(41)));
    }

    private static Handshake.Builder handshake() {
        return Handshake.at("/ws/chat/7");
    }

    private static String nameOf(Identity identity, Handshake.Builder handshake) {
        AuthResult result = identity.authenticate(handshake.build());
        return assertInstanceOf(AuthResult.Accepted.class, result).user().name();
    }

    private static void assertRefused(Identity identity, Handshake.Builder handshake) {
        AuthResult result = identity.authenticate(handshake.build());
        assertEquals(
                401,
                assertInstanceOf(AuthResult.Rejected.class, result).reason().httpStatus());
    }
}
