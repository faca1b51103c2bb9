package io.channelbox.jakarta.websocket;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who is let in, once per handshake: in the filter where there is one, else when the container asks. */
final class Reception {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    private final Supplier<Optional<AuthResult.Rejected>> refusal;
    private final Authenticator authenticator;
    private final Origins origins;

    /** The filter's answer, while the container behind it makes the upgrade on the same thread. Not static: two doors share nothing. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Admission> underWay = new ThreadLocal<>();

    /** Asks whether anybody is let in at all before it asks who somebody is. */
    Reception(Supplier<Optional<AuthResult.Rejected>> refusal, Authenticator authenticator, Origins origins) {
        this.refusal = refusal;
        this.authenticator = authenticator;
        this.origins = origins;
    }

    Admission admit(Handshake handshake) {
        if (!origins.allow(handshake)) {
            log.debug("Refused a page of another origin: {}", handshake);
            return Admission.unasked(handshake, AuthResult.forbidden("origin not allowed"));
        }
        return refusal.get()
                .map(refused -> Admission.unasked(handshake, refused))
                .orElseGet(() -> Admission.answered(handshake, authenticate(handshake)));
    }

    private AuthResult authenticate(Handshake handshake) {
        try {
            return Objects.requireNonNull(
                    authenticator.authenticate(handshake),
                    "the authenticator answered null; answer AuthResult.notAuthenticated(...) to refuse");
        } catch (RuntimeException | Error e) { // the application's code: whatever it is, nobody gets in by it
            log.error("The authenticator failed for a {}", handshake, Wordless.of(e));
            return new AuthResult.Rejected(AuthResult.Reason.FAILED, "cannot authenticate now");
        }
    }

    void begin(Admission admission) {
        underWay.set(admission);
    }

    Optional<Admission> underWay() {
        return Optional.ofNullable(underWay.get());
    }

    void end() {
        underWay.remove();
    }
}
