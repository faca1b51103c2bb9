package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Authenticator} does that looks for a credential. Implement it in a test class of yours. One that lets in
 * guests, or takes part in {@code firstOf}, is tested without them and alone.
 */
public interface AuthenticatorContract {

    /** Returns the authenticator. */
    Authenticator newAuthenticator();

    /** Adds a credential to a handshake, where the authenticator looks for it. */
    Handshake.Builder present(String credential, Handshake.Builder handshake);

    /** Returns a credential that holds. */
    String goodCredential();

    /** Returns a credential that does not hold, though it looks like one. */
    String badCredential();

    @Test
    default void aGoodCredentialLetsItsUserIn() {
        assertInstanceOf(AuthResult.Accepted.class, answerTo(goodCredential()));
    }

    @Test
    default void aBadCredentialIsRefused() {
        assertEquals(
                AuthResult.Reason.NOT_AUTHENTICATED, refusalOf(badCredential()).reason());
    }

    @Test
    default void noCredentialIsToldApartFromABadOne() {
        Handshake nothing = handshake().build();
        Handshake nothingOfUse = handshake()
                .rawQuery("room=1")
                .header("Accept", "*/*")
                .header("Cookie", "theme=dark")
                .header("Sec-WebSocket-Protocol", "chat.v1")
                .session("theme", "dark")
                .build();

        for (Handshake each : List.of(nothing, nothingOfUse)) {
            var refused = assertInstanceOf(
                    AuthResult.Rejected.class, newAuthenticator().authenticate(each));
            assertEquals(AuthResult.Reason.NO_CREDENTIAL, refused.reason());
        }
    }

    @Test
    default void garbageIsAnsweredAndNotThrown() {
        List<String> garbage = List.of(
                "",
                " ",
                "\0",
                "\r\nX-Injected: 1",
                ".",
                "..",
                "a.b.c",
                "Bearer",
                "bearer.",
                "%00%zz",
                "\uD800",
                "\u202E\uFEFF",
                "😀".repeat(1_000),
                "' OR 1=1 --",
                "{\"sub\":\"admin\"}",
                "x".repeat(1_000_000));

        for (String each : garbage) {
            assertNotNull(answerTo(each));
        }
    }

    @Test
    default void aCredentialIsNotRepeated() {
        for (String each : List.of(badCredential(), badCredential() + "x", "\u0001" + goodCredential())) {
            if (answerTo(each) instanceof AuthResult.Rejected rejected) {
                assertFalse(rejected.text().contains(each), rejected.text());
            }
        }
    }

    @Test
    default void manyThreadsGetTheSameAnswers() throws Exception {
        Authenticator shared = newAuthenticator();
        Handshake good = present(goodCredential(), handshake()).build();
        Handshake bad = present(badCredential(), handshake()).build();
        AuthResult accepted = shared.authenticate(good);
        AuthResult refused = shared.authenticate(bad);

        List<CompletableFuture<List<AuthResult>>> askers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> answers(shared, good, bad)))
                .limit(8)
                .toList();

        for (CompletableFuture<List<AuthResult>> asker : askers) {
            List<AuthResult> answers = asker.get(20, TimeUnit.SECONDS);
            for (int i = 0; i < answers.size(); i += 2) {
                assertEquals(accepted, answers.get(i));
                assertEquals(refused, answers.get(i + 1));
            }
        }
    }

    private static List<AuthResult> answers(Authenticator asked, Handshake good, Handshake bad) {
        List<AuthResult> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(asked.authenticate(good));
            answers.add(asked.authenticate(bad));
        }
        return answers;
    }

    private AuthResult.Rejected refusalOf(String credential) {
        return assertInstanceOf(AuthResult.Rejected.class, answerTo(credential));
    }

    private AuthResult answerTo(String credential) {
        return newAuthenticator().authenticate(present(credential, handshake()).build());
    }

    private static Handshake.Builder handshake() {
        return Handshake.at("/ws/chat/7");
    }
}
