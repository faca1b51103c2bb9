package io.channelbox.examples.room;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides who connects: by {@code Authorization: Bearer}, {@code ?token=}, in a demo {@code ?user=}, or the cookie that the
 * login sets, whichever is found first. Who brings none of them is a guest of their own; who brings one that does not hold is
 * refused, rather than let in as somebody else.
 */
final class Identity implements Authenticator {

    static final String COOKIE = "room_chat_session";

    // With or without a token after it: who announces one and has none is not a guest.
    private static final Pattern BEARER = Pattern.compile("\\s*Bearer(?:\\s+(.*))?", Pattern.CASE_INSENSITIVE);

    private final Tokens tokens;
    private final boolean demo;
    private final Authenticator guests = Authenticator.guests();

    Identity(Tokens tokens, boolean demo) {
        this.tokens = tokens;
        this.demo = demo;
    }

    @Override
    public AuthResult authenticate(Handshake handshake) {
        Optional<String> token = bearerIn(handshake).or(() -> handshake.query("token"));
        if (token.isPresent()) {
            return holderOf(token.get());
        }
        Optional<String> user = handshake.query("user");
        if (user.isPresent()) {
            return demo ? named(user.get()) : AuthResult.notAuthenticated("?user= proves nothing outside of a demo");
        }
        return handshake.cookie(COOKIE).map(this::holderOf).orElseGet(() -> guests.authenticate(handshake));
    }

    private static Optional<String> bearerIn(Handshake handshake) {
        return handshake
                .header("Authorization")
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(bearer -> Optional.ofNullable(bearer.group(1)).orElse("").strip());
    }

    private AuthResult holderOf(String token) {
        return tokens.read(token)
                .map(name -> AuthResult.accept(User.named(name.value())))
                .orElseGet(() -> AuthResult.notAuthenticated("the token does not hold, or no longer; log in again"));
    }

    private static AuthResult named(String name) {
        try {
            return AuthResult.accept(User.named(new UserName(name).value()));
        } catch (IllegalArgumentException e) {
            return AuthResult.notAuthenticated(String.valueOf(e.getMessage()));
        }
    }
}
