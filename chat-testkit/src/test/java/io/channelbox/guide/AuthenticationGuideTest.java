package io.channelbox.guide;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.channelbox.auth.AuthResult.Reason;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import io.channelbox.channel.CloseStatus;
import io.channelbox.guide.RenewingConsumer.Renew;
import io.channelbox.message.UserId;
import io.channelbox.testkit.AuthenticatorContract;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationGuideTest implements AuthenticatorContract {

    private static final byte[] SECRET = "a secret of at least thirty-two bytes".getBytes(UTF_8);

    private final TestChat chat = TestChat.create();
    private final JwtVerifier tokens = new JwtVerifier(SECRET, chat.clock());
    private final Door door = new Door(Map.of("7", Set.of(new UserId("ann")), "8", Set.of()));

    AuthenticationGuideTest() {
        chat.authenticate(door.guardedBy(tokens)).mount("/ws/chat/{room_id}", () -> new RenewingConsumer(tokens));
    }

    @AfterEach
    void closeChat() {
        chat.close();
    }

    @Override
    public Authenticator newAuthenticator() {
        return door.guardedBy(tokens);
    }

    @Override
    public Handshake.Builder present(String credential, Handshake.Builder handshake) {
        return handshake
                .pathParameters(Map.of("room_id", "7"))
                .header("Sec-WebSocket-Protocol", "chat.v1, bearer." + credential);
    }

    @Override
    public String goodCredential() {
        return tokenOf("ann", Duration.ofHours(1));
    }

    @Override
    public String badCredential() {
        return tokenOf("ann", Duration.ofHours(-1));
    }

    @Test
    void aMemberComesIn() {
        assertFalse(connect("7", "ann").isClosed());
    }

    @ParameterizedTest
    @CsvSource({"7, bob, FORBIDDEN", "8, ann, FORBIDDEN", "9, ann, NOT_FOUND"})
    void othersDoNot(String room, String user, Reason reason) {
        assertEquals(reason, connect(room, user).refusal().orElseThrow().reason());
    }

    @Test
    void whenTheTokenEndsSoDoesTheConnection() {
        TestClient ann = connect("7", "ann");

        chat.advance(Duration.ofMinutes(61));

        assertEquals(
                Optional.of(CloseStatus.NOT_AUTHENTICATED.code()),
                ann.closeStatus().map(CloseStatus::code));
    }

    @Test
    void aNewTokenKeepsTheConnection() {
        TestClient ann = connect("7", "ann");

        chat.advance(Duration.ofMinutes(50));
        ann.send(new Renew(tokenOf("ann", Duration.ofHours(1))));
        chat.advance(Duration.ofMinutes(50));

        assertFalse(ann.isClosed());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"{'token':'x'}, not_authenticated", "{'token':null}, invalid"})
    void aTokenThatDoesNotHoldChangesNothing(String renew, String code) {
        TestClient ann = connect("7", "ann");

        ann.send(renew.replace('\'', '"'));

        assertEquals(code, ann.receiveJson().path("code").asText());
        assertFalse(ann.isClosed());
        chat.advance(Duration.ofMinutes(61));
        assertTrue(ann.isClosed());
    }

    @Test
    void aTokenOfSomebodyElseIsNotTaken() {
        TestClient ann = connect("7", "ann");

        ann.send(new Renew(tokenOf("bob", Duration.ofHours(1))));

        assertEquals("not_allowed", ann.receiveJson().path("code").asText());
        assertEquals("ann", ann.channel().user().name());
    }

    private TestClient connect(String room, String user) {
        return chat.anyone()
                .withHeader("Authorization", "Bearer " + tokenOf(user, Duration.ofHours(1)))
                .connect("/ws/chat/" + room);
    }

    private String tokenOf(String user, Duration lifetime) {
        try {
            var claims = new JWTClaimsSet.Builder()
                    .subject(user)
                    .expirationTime(Date.from(chat.clock().instant().plus(lifetime)))
                    .build();
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
