package io.channelbox.examples.room;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/** Signed proofs of a name: JWTs (HS256) that expire. Whoever knows the secret can issue them too. */
final class Tokens {

    private final byte[] secret;
    private final InstantSource clock;

    /** Signs with this secret, which has at least 32 bytes. */
    Tokens(byte[] secret, InstantSource clock) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("the secret must have at least 32 bytes, had " + secret.length);
        }
        this.secret = secret.clone();
        this.clock = clock;
    }

    /** Returns a token of this name, which holds for so long. */
    String issue(UserName name, Duration lifetime) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(name.value())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 is not available", e);
        }
    }

    /** Returns whose token it is; empty when it is not ours, was altered, or has expired. */
    Optional<UserName> read(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean ours =
                    jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && jwt.verify(new MACVerifier(secret));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!ours || claims.getSubject() == null || hasExpired(claims)) {
                return Optional.empty();
            }
            return Optional.of(new UserName(claims.getSubject()));
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private boolean hasExpired(JWTClaimsSet claims) {
        Date end = claims.getExpirationTime();
        return end == null || !end.toInstant().isAfter(clock.instant());
    }
}
