package io.channelbox.auth;

/** Reads a token: a JWT, the key of a login, whatever your application hands out. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Tells whose token it is. It is called by several threads at once and may block. The token came from a stranger; it is
     * neither blank nor longer than {@value Authenticators#LONGEST_TOKEN} characters and has no control characters, and that
     * is all that is known of it. Answer {@link AuthResult#notAuthenticated()} when it does not hold. What this throws counts as
     * {@link AuthResult.Reason#FAILED}, so that is for a key that cannot be fetched, not for a token that cannot be read.
     */
    AuthResult verify(String token);
}
