package io.channelbox.guide;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.TokenVerifier;
import io.channelbox.auth.User;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;

final class JwtVerifier implements TokenVerifier {

    private final byte[] secret;
    private final InstantSource clock;

    JwtVerifier(byte[] secret, InstantSource clock) {
        this.secret = secret.clone();
        this.clock = clock;
    }

    @Override
    public AuthResult verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!isOurs(jwt) || claims.getSubject() == null || claims.getExpirationTime() == null) {
                return AuthResult.notAuthenticated();
            }
            Instant expires = claims.getExpirationTime().toInstant();
            return expires.isAfter(clock.instant())
                    ? AuthResult.accept(User.named(claims.getSubject()), expires)
                    : AuthResult.notAuthenticated();
        } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
            return AuthResult.notAuthenticated();
        }
    }

    private boolean isOurs(SignedJWT jwt) throws JOSEException {
        return jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && jwt.verify(new MACVerifier(secret));
    }
}
