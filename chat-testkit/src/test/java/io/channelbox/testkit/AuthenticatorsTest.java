package io.channelbox.testkit;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.TokenVerifier;
import io.channelbox.auth.User;
import org.junit.jupiter.api.Nested;

class AuthenticatorsTest {

    private static final TokenVerifier TOKENS = token -> token.equals("good-token")
            ? AuthResult.accept(User.named("ann"))
            : AuthResult.notAuthenticated("'" + token + "' does not hold");

    private interface OfToken extends AuthenticatorContract {

        @Override
        default String goodCredential() {
            return "good-token";
        }

        @Override
        default String badCredential() {
            return "bad-token";
        }
    }

    /** A name cannot be wrong, but unfit for a name. */
    private interface OfName extends AuthenticatorContract {

        @Override
        default String goodCredential() {
            return "ann";
        }

        @Override
        default String badCredential() {
            return "an\u0000n";
        }
    }

    @Nested
    class Bearer implements OfToken {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.bearer(TOKENS);
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.header("Authorization", "Bearer " + credential);
        }
    }

    @Nested
    class Subprotocol implements OfToken {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.subprotocol(TOKENS);
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.header("Sec-WebSocket-Protocol", "chat.v1, bearer." + credential);
        }
    }

    @Nested
    class Cookie implements OfToken {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.cookie("session", TOKENS);
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.header("Cookie", "session=" + credential);
        }
    }

    @Nested
    class Query implements OfToken {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.query("token", TOKENS);
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.query("token", credential);
        }
    }

    @Nested
    class Principal implements OfName {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.principal();
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.principal(() -> credential);
        }
    }

    @Nested
    class Session implements OfName {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.session("user");
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.session("user", credential);
        }
    }

    @Nested
    class FirstOf implements OfToken {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.firstOf(
                    Authenticators.bearer(TOKENS),
                    Authenticators.cookie("session", TOKENS),
                    Authenticators.query("token", TOKENS),
                    Authenticators.principal());
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.query("token", credential);
        }
    }

    @Nested
    class Then implements OfToken {

        @Override
        public Authenticator newAuthenticator() {
            return Authenticators.query("token", TOKENS)
                    .then((handshake, user) -> handshake.path().endsWith("7")
                            ? AuthResult.accept(user)
                            : AuthResult.notFound("no such room"));
        }

        @Override
        public Handshake.Builder present(String credential, Handshake.Builder handshake) {
            return handshake.query("token", credential);
        }
    }
}
