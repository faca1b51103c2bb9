package io.channelbox.auth;

import static java.util.Objects.requireNonNull;

import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Authenticators for the usual credentials, to be put together:
 *
 * <pre>{@code
 * firstOf(bearer(tokens), subprotocol(tokens), cookie("session", logins)).orGuest()
 * }</pre>
 *
 * <p>Each looks for one kind of credential. Where there is none it answers {@link AuthResult#noCredential()}; one that is there
 * and does not hold is refused. A token that comes twice, and not the same, does not hold either.
 */
public final class Authenticators {

    /** The largest number of characters a token may have; a longer one is refused unread. */
    public static final int LONGEST_TOKEN = 8192;

    /** What stands before a token that is offered as a subprotocol. */
    public static final String SUBPROTOCOL_PREFIX = "bearer.";

    // With or without a token after it: who announces one and has none has a bad one.
    private static final Pattern BEARER = Pattern.compile("\\s*Bearer(?:\\s+(.*))?", Pattern.CASE_INSENSITIVE);

    private Authenticators() {}

    /** Returns an authenticator for whom the container has authenticated; the principal's name is the user's. */
    public static Authenticator principal() {
        return handshake -> handshake
                .principal()
                .map(principal -> named(principal.getName()))
                .orElseGet(AuthResult::noCredential);
    }

    /** Returns an authenticator for whom the container has authenticated, with a user made from the principal. */
    public static Authenticator principal(Function<? super Principal, User> user) {
        requireNonNull(user, "user");
        return handshake -> handshake
                .principal()
                .map(principal -> AuthResult.accept(user.apply(principal)))
                .orElseGet(AuthResult::noCredential);
    }

    /** Returns an authenticator for whom the application's login has left in the HTTP session: a {@link User}, or a name. */
    public static Authenticator session(String attribute) {
        return inSession(attribute, value -> {
            if (value instanceof User user) {
                return AuthResult.accept(user);
            }
            return named(expected(String.class, attribute, value));
        });
    }

    /** Returns an authenticator for what the application's login has left in the HTTP session, with a user made from it. */
    public static <T> Authenticator session(String attribute, Class<T> type, Function<? super T, User> user) {
        requireNonNull(type, "type");
        requireNonNull(user, "user");
        return inSession(attribute, value -> AuthResult.accept(user.apply(expected(type, attribute, value))));
    }

    /** Returns an authenticator for {@code Authorization: Bearer ...}, which programs can send and pages cannot. */
    public static Authenticator bearer(TokenVerifier verifier) {
        return verifying(
                verifier,
                handshake -> all(handshake.headers().get("Authorization"))
                        .map(BEARER::matcher)
                        .filter(Matcher::matches)
                        .map(bearer ->
                                Optional.ofNullable(bearer.group(1)).orElse("").strip()));
    }

    /**
     * Returns an authenticator for a token that a page offers as a subprotocol, the only header it can set:
     * {@code new WebSocket(url, ["chat.v1", "bearer." + token])}. The token is made of letters, digits and {@code -_.~+}, as a JWT is.
     * It is never agreed on, so the page must offer, and the server speak, another one besides.
     */
    public static Authenticator subprotocol(TokenVerifier verifier) {
        return verifying(
                verifier,
                handshake -> handshake.subprotocols().stream()
                        .filter(offered -> offered.startsWith(SUBPROTOCOL_PREFIX))
                        .map(offered -> offered.substring(SUBPROTOCOL_PREFIX.length())));
    }

    /**
     * Returns an authenticator for the token in a cookie. Browsers send it with pages of any origin, so do not allow origins that
     * you would not trust with it.
     */
    public static Authenticator cookie(String name, TokenVerifier verifier) {
        requireNonNull(name, "name");
        return verifying(verifier, handshake -> handshake.cookie(name).stream());
    }

    /**
     * Returns an authenticator for the token in a query parameter, such as {@code ?token=}. What stands in a URL is found in
     * the logs of every proxy on the way: prefer another way, or tokens that hold for a minute.
     */
    public static Authenticator query(String name, TokenVerifier verifier) {
        requireNonNull(name, "name");
        return verifying(verifier, handshake -> all(handshake.query().get(name)));
    }

    /**
     * Returns an authenticator that asks one after the other. The first that finds a credential of its kind decides: one that
     * does not hold is refused, whatever else there is. Where none finds any, the answer is {@link AuthResult#noCredential()}.
     */
    public static Authenticator firstOf(Authenticator first, Authenticator... more) {
        List<Authenticator> asked = new ArrayList<>(List.of(more));
        asked.add(0, requireNonNull(first, "first"));
        return handshake -> {
            for (Authenticator each : asked) {
                AuthResult result = answered(each.authenticate(handshake), "an authenticator");
                if (!isNoCredential(result)) {
                    return result;
                }
            }
            return AuthResult.noCredential();
        };
    }

    /** Who was accepted and is looked at again. That nothing was found can no longer be the answer. */
    static AuthResult refined(AuthResult.Accepted accepted, AuthResult decision) {
        return answered(decision, "the decision") instanceof AuthResult.Accepted more
                ? new AuthResult.Accepted(more.user(), earlier(accepted.expires(), more.expires()))
                : decided(decision);
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private static Authenticator inSession(String attribute, Function<Object, AuthResult> judged) {
        requireNonNull(attribute, "attribute");
        return handshake -> handshake.session(attribute).map(judged).orElseGet(AuthResult::noCredential);
    }

    private static <T> T expected(Class<T> type, String attribute, Object value) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalStateException("the session's '" + attribute + "' is a "
                + value.getClass().getName() + ", not a " + type.getName()
                + ". Say what it is: session(\"" + attribute + "\", TheClass.class, it -> User.named(it.name()))");
    }

    private static AuthResult named(String name) {
        try {
            return AuthResult.accept(User.named(name));
        } catch (IllegalArgumentException unfit) {
            return AuthResult.notAuthenticated();
        }
    }

    private static Authenticator verifying(TokenVerifier verifier, Function<Handshake, Stream<String>> tokens) {
        requireNonNull(verifier, "verifier");
        return handshake -> {
            List<String> found = tokens.apply(handshake).distinct().limit(2).toList();
            if (found.isEmpty()) {
                return AuthResult.noCredential();
            }
            String token = found.get(0);
            return found.size() > 1 || isUnfit(token)
                    ? AuthResult.notAuthenticated()
                    : withoutRepeating(token, decided(answered(verifier.verify(token), "the verifier")));
        };
    }

    private static boolean isUnfit(String token) {
        return token.isBlank()
                || token.length() > LONGEST_TOKEN
                || token.codePoints().anyMatch(Character::isISOControl);
    }

    private static AuthResult withoutRepeating(String token, AuthResult result) {
        return result instanceof AuthResult.Rejected rejected && rejected.text().contains(token)
                ? new AuthResult.Rejected(rejected.reason(), "refused")
                : result;
    }

    /** Something was found, so nobody else is asked, whatever the application calls its refusal. */
    private static AuthResult decided(AuthResult result) {
        return isNoCredential(result) ? AuthResult.notAuthenticated() : result;
    }

    private static boolean isNoCredential(AuthResult result) {
        return result instanceof AuthResult.Rejected rejected && rejected.reason() == AuthResult.Reason.NO_CREDENTIAL;
    }

    private static AuthResult answered(AuthResult result, String by) {
        return requireNonNull(result, () -> by + " answered null; answer AuthResult.notAuthenticated() to refuse");
    }

    private static Stream<String> all(@Nullable List<String> values) {
        return Stream.ofNullable(values).flatMap(List::stream);
    }
}
