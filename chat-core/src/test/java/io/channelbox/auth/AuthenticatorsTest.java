package io.channelbox.auth;

import static io.channelbox.auth.Authenticators.bearer;
import static io.channelbox.auth.Authenticators.cookie;
import static io.channelbox.auth.Authenticators.firstOf;
import static io.channelbox.auth.Authenticators.principal;
import static io.channelbox.auth.Authenticators.query;
import static io.channelbox.auth.Authenticators.session;
import static io.channelbox.auth.Authenticators.subprotocol;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorsTest {

    private static final User ANN = User.named("ann");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final AuthResult BAD = AuthResult.notAuthenticated();
    private static final AuthResult NONE = AuthResult.noCredential();

    private final List<String> verified = new ArrayList<>();
    private final TokenVerifier tokens = token -> {
        verified.add(token);
        return token.startsWith("of-") ? AuthResult.accept(User.named(token.substring(3))) : BAD;
    };

    @ParameterizedTest
    @ValueSource(strings = {"Bearer of-ann", "bearer of-ann", "BEARER   of-ann  "})
    void aBearerHeaderIsVerified(String header) {
        assertEquals(accepted("ann"), ask(bearer(tokens), handshake().header("Authorization", header)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer\t", "Bearer x", "Bearer of-ann\u0000"})
    void aBearerHeaderThatDoesNotHoldIsRefused(String header) {
        assertEquals(BAD, ask(bearer(tokens), handshake().header("Authorization", header)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearerof-ann", ""})
    void anotherKindOfAuthorizationIsNoBearer(String header) {
        assertEquals(NONE, ask(bearer(tokens), handshake().header("Authorization", header)));
    }

    @Test
    void aSubprotocolMayCarryAToken() {
        Authenticator asked = subprotocol(tokens);

        assertEquals(accepted("ann"), ask(asked, offering("chat.v1, bearer.of-ann")));
        assertEquals(accepted("ann"), ask(asked, offering("bearer.of-ann,chat.v1")));
        assertEquals(BAD, ask(asked, offering("chat.v1, bearer.x")));
        assertEquals(BAD, ask(asked, offering("chat.v1, bearer.")));
        assertEquals(NONE, ask(asked, offering("chat.v1")));
        assertEquals(NONE, ask(asked, handshake()));
    }

    @Test
    void aCookieMayCarryAToken() {
        Authenticator asked = cookie("session", tokens);

        assertEquals(accepted("ann"), ask(asked, handshake().header("Cookie", "a=b; session=of-ann")));
        assertEquals(BAD, ask(asked, handshake().header("Cookie", "session=x")));
        assertEquals(BAD, ask(asked, handshake().header("Cookie", "session=")));
        assertEquals(NONE, ask(asked, handshake().header("Cookie", "other=of-ann")));
    }

    @Test
    void aQueryParameterMayCarryAToken() {
        Authenticator asked = query("token", tokens);

        assertEquals(accepted("a b"), ask(asked, handshake().rawQuery("room=1&token=of-a%20b")));
        assertEquals(BAD, ask(asked, handshake().rawQuery("token=x")));
        assertEquals(BAD, ask(asked, handshake().rawQuery("token=")));
        assertEquals(BAD, ask(asked, handshake().rawQuery("token")));
        assertEquals(NONE, ask(asked, handshake().rawQuery("Token=of-ann")));
    }

    @Test
    void twoDifferentTokensOfOneKindDoNotHold() {
        assertEquals(BAD, ask(query("token", tokens), handshake().rawQuery("token=of-ann&token=of-bob")));
        assertEquals(BAD, ask(subprotocol(tokens), offering("bearer.of-ann, bearer.of-bob")));
        assertEquals(
                BAD,
                ask(
                        bearer(tokens),
                        handshake().header("Authorization", "Bearer of-ann").header("Authorization", "Bearer of-bob")));
        assertTrue(verified.isEmpty());
        assertEquals(accepted("ann"), ask(query("token", tokens), handshake().rawQuery("token=of-ann&token=of-ann")));
    }

    @Test
    void aTokenThatNoneCanBeIsNotVerified() {
        String longest = "of-" + "x".repeat(Authenticators.LONGEST_TOKEN - 3);

        ask(query("token", token -> BAD), handshake().query("token", longest));
        assertEquals(BAD, ask(query("token", tokens), handshake().query("token", longest + "x")));
        assertEquals(BAD, ask(query("token", tokens), handshake().query("token", "of-ann\n")));
        assertEquals(BAD, ask(query("token", tokens), handshake().query("token", " ")));

        assertTrue(verified.isEmpty());
    }

    @Test
    void aRefusalThatRepeatsTheTokenIsToldInOtherWords() {
        Authenticator asked = query("token", token -> AuthResult.forbidden(token + " has no rights here"));

        assertEquals(AuthResult.forbidden("refused"), ask(asked, handshake().query("token", "secret")));
    }

    @Test
    void aVerifierCannotSayThatThereWasNoToken() {
        Authenticator asked = query("token", token -> NONE).orGuest();

        assertEquals(BAD, ask(asked, handshake().query("token", "secret")));
    }

    @Test
    @SuppressWarnings("NullAway") // what is refused here
    void whoAnswersNullIsToldTheCure() {
        Handshake asked = handshake().query("token", "of-ann").build();
        List<Authenticator> wrong = List.of(
                query("token", token -> null),
                query("token", tokens).then((handshake, user) -> null),
                firstOf(handshake -> null, Authenticator.guests()));

        for (Authenticator each : wrong) {
            var refused = assertThrows(NullPointerException.class, () -> each.authenticate(asked));
            assertTrue(refused.toString().contains("answer AuthResult.notAuthenticated() to refuse"));
        }
    }

    @Test
    void aPrincipalIsAUser() {
        assertEquals(accepted("ann"), ask(principal(), handshake().principal(() -> "ann")));
        assertEquals(BAD, ask(principal(), handshake().principal(() -> "\u0000")));
        assertEquals(NONE, ask(principal(), handshake()));

        Authenticator withRole = principal(it -> new User(new UserId(it.getName()), "Ann", Set.of("admin")));
        assertEquals(
                AuthResult.accept(new User(new UserId("ann"), "Ann", Set.of("admin"))),
                ask(withRole, handshake().principal(() -> "ann")));
        assertEquals(NONE, ask(withRole, handshake()));
    }

    @Test
    void theSessionMayHoldTheUserOrTheirName() {
        User known = new User(new UserId("7"), "Ann", Set.of());

        assertEquals(AuthResult.accept(known), ask(session("user"), handshake().session("user", known)));
        assertEquals(accepted("ann"), ask(session("user"), handshake().session("user", "ann")));
        assertEquals(BAD, ask(session("user"), handshake().session("user", "")));
        assertEquals(NONE, ask(session("user"), handshake().session("other", "ann")));
    }

    @Test
    void theSessionMayHoldWhatTheApplicationPutsThere() {
        Authenticator asked = session("user-id", Integer.class, id -> User.named("user " + id));

        assertEquals(accepted("user 7"), ask(asked, handshake().session("user-id", 7)));
        assertEquals(NONE, ask(asked, handshake()));
        var refused = assertThrows(
                IllegalStateException.class, () -> ask(asked, handshake().session("user-id", "secret")));
        assertTrue(refused.toString().contains("is a java.lang.String, not a java.lang.Integer"), refused.toString());
        assertTrue(!refused.toString().contains("secret"), refused.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "of-ann, of-bob, ann",
        "'', of-bob, bob",
        "of-ann, x, ann",
    })
    void theFirstThatFindsACredentialDecides(String query, String cookie, String user) {
        Authenticator asked = firstOf(query("token", tokens), cookie("session", tokens));
        Handshake.Builder handshake = handshake().header("Cookie", "session=" + cookie);

        assertEquals(accepted(user), ask(asked, query.isEmpty() ? handshake : handshake.query("token", query)));
    }

    @Test
    void aBadCredentialDoesNotFallThrough() {
        Authenticator asked =
                firstOf(query("token", tokens), cookie("session", tokens)).orGuest();

        assertEquals(BAD, ask(asked, handshake().query("token", "x").header("Cookie", "session=of-ann")));
        assertEquals(BAD, ask(asked, handshake().header("Cookie", "session=x")));
        assertEquals(List.of("x", "x"), verified);
    }

    @Test
    void whereNoneFindsAnythingNobodyIsAuthenticated() {
        assertEquals(NONE, ask(firstOf(query("token", tokens), principal(), session("user")), handshake()));
        assertEquals(NONE, ask(firstOf(firstOf(query("token", tokens)), bearer(tokens)), handshake()));
    }

    @Test
    void whoBringsNothingMayBeAGuest() {
        var guest = assertInstanceOf(
                AuthResult.Accepted.class, ask(query("token", tokens).orGuest(), handshake()));

        assertEquals(Set.of("guest"), guest.user().roles());
    }

    @Test
    void whoIsLetInMayBeLookedAtAgain() {
        Authenticator asked = query("token", tokens).then((handshake, user) -> switch (handshake.path("room")) {
            case "lobby" -> AuthResult.accept(new User(user.id(), "Ann", Set.of("member")));
            case "cellar" -> AuthResult.forbidden("members only");
            default -> AuthResult.notFound("no such room");
        });

        assertEquals(
                AuthResult.accept(new User(new UserId("ann"), "Ann", Set.of("member"))),
                ask(asked, in("lobby").query("token", "of-ann")));
        assertEquals(
                AuthResult.forbidden("members only"), ask(asked, in("cellar").query("token", "of-ann")));
        assertEquals(AuthResult.notFound("no such room"), ask(asked, in("attic").query("token", "of-ann")));
        assertEquals(BAD, ask(asked, in("attic").query("token", "x")));
        assertEquals(NONE, ask(asked, in("attic")));
    }

    @Test
    void whoWasLetInAndThenRefusedIsNoGuest() {
        Authenticator asked =
                query("token", tokens).then((handshake, user) -> NONE).orGuest();

        assertEquals(BAD, ask(asked, handshake().query("token", "of-ann")));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "60, 0, 60", "0, 60, 60", "60, 30, 30", "30, 60, 30"})
    void theEarlierExpiryCounts(int ofToken, int ofDecision, int expected) {
        Authenticator asked = query("token", token -> until(ofToken)).then((handshake, user) -> until(ofDecision));

        assertEquals(until(expected), ask(asked, handshake().query("token", "x")));
    }

    @Test
    @SuppressWarnings("NullAway") // what is refused here
    void nothingMayBeMissing() {
        assertThrows(NullPointerException.class, () -> bearer(null));
        assertThrows(NullPointerException.class, () -> cookie(null, tokens));
        assertThrows(NullPointerException.class, () -> query(null, tokens));
        assertThrows(NullPointerException.class, () -> session(null));
        assertThrows(NullPointerException.class, () -> principal(null));
        assertThrows(NullPointerException.class, () -> firstOf(null));
        assertThrows(NullPointerException.class, () -> principal().then(null));
    }

    /** Ends after so many seconds, or with zero never. */
    private static AuthResult until(int seconds) {
        return new AuthResult.Accepted(ANN, seconds == 0 ? Optional.empty() : Optional.of(NOON.plusSeconds(seconds)));
    }

    private static AuthResult accepted(String user) {
        return AuthResult.accept(User.named(user));
    }

    private static AuthResult ask(Authenticator authenticator, Handshake.Builder handshake) {
        return authenticator.authenticate(handshake.build());
    }

    private static Handshake.Builder offering(String subprotocols) {
        return handshake().header("Sec-WebSocket-Protocol", subprotocols);
    }

    private static Handshake.Builder in(String room) {
        return handshake().pathParameters(Map.of("room", room));
    }

    private static Handshake.Builder handshake() {
        return Handshake.at("/chat");
    }
}
