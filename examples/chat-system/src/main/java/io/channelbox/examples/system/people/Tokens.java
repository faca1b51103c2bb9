package io.channelbox.examples.system.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.TokenVerifier;
import io.channelbox.auth.User;
import io.channelbox.message.UserId;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/** JSON Web Tokens, signed with HS256, whose subject is a user. Whoever knows the key can issue them too. */
public final class Tokens implements TokenVerifier {

    private static final int SHORTEST_KEY = 32;

    private final byte[] key;
    private final Duration lifetime;
    private final Users users;
    private final InstantSource clock;

    private Tokens(byte[] key, Duration lifetime, Users users, InstantSource clock) {
        this.key = key;
        this.lifetime = lifetime;
        this.users = users;
        this.clock = clock;
    }

    /** Returns tokens signed with this key; with a new one, if it is empty. */
    public static Tokens signedWith(String key, Duration lifetime, Users users, InstantSource clock) {
        byte[] bytes = key.isEmpty() ? newKey() : key.getBytes(UTF_8);
        if (bytes.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("chat.secret-key must have at least 32 bytes, had " + bytes.length);
        }
        return new Tokens(bytes, lifetime, users, clock);
    }

    private static byte[] newKey() {
        var key = new byte[SHORTEST_KEY];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** Returns a new token of this user. */
    public String issue(UserId user) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(user.value())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 is not available", e);
        }
    }

    /** Returns whose token it is; empty when it is not ours, was altered, has expired, or its user is gone. */
    Optional<User> read(String token) {
        return claims(token)
                .flatMap(claims -> subject(claims.getSubject()))
                .flatMap(users::find)
                .map(known -> new User(known.id(), known.name(), Set.of()));
    }

    private static Optional<UserId> subject(String text) {
        try {
            return Optional.of(new UserId(text));
        } catch (IllegalArgumentException noUser) {
            return Optional.empty();
        }
    }

    private Optional<JWTClaimsSet> claims(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean ours =
                    jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && jwt.verify(new MACVerifier(key));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            return ours && holds(claims) && claims.getSubject() != null ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private boolean holds(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date beginning = claims.getNotBeforeTime();
        Date end = claims.getExpirationTime();
        boolean begun = beginning == null || !beginning.toInstant().isAfter(now);
        return begun && end != null && end.toInstant().isAfter(now);
    }

    /** The connection lives no longer than the token. */
    @Override
    public AuthResult verify(String token) {
        Optional<User> user = read(token);
        Optional<Instant> end =
                claims(token).map(claims -> claims.getExpirationTime().toInstant());
        return user.isPresent() && end.isPresent()
                ? new AuthResult.Accepted(user.get(), end)
                : AuthResult.notAuthenticated();
    }
}
