package io.channelbox.auth;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What an {@link Authenticator} answers. */
public sealed interface AuthResult {

    /**
     * The connection may be opened, as this user.
     *
     * @param user who it is
     * @param expires when the credential ends, and the connection with it; empty is never
     */
    record Accepted(User user, Optional<Instant> expires) implements AuthResult {
        /** Refuses missing parts. */
        public Accepted {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(expires, "expires");
        }
    }

    /** The connection may not be opened. The text is told to the peer. */
    record Rejected(Reason reason, String text) implements AuthResult {
        /** Refuses missing parts. */
        public Rejected {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(text, "text");
        }
    }

    /** Why a connection is refused: as an HTTP status in the handshake, or as a close code where it is too late for one. */
    enum Reason {
        /** Nobody has said who they are, in a way this authenticator looks for; the next one may be asked. */
        NO_CREDENTIAL(401, 4401),
        /** Nobody we know, or a credential that does not hold. */
        NOT_AUTHENTICATED(401, 4401),
        /** Somebody we know, but not here, or not from that origin. */
        FORBIDDEN(403, 4403),
        /** There is nothing at that path. */
        NOT_FOUND(404, 4404),
        /** Somebody who has as many connections as one may have. */
        TOO_MANY(429, 4429),
        /** Whoever it is, there are too many at once, or the server is going away; the text says when to come again. */
        UNAVAILABLE(503, 1013),
        /** We could not find out. */
        FAILED(500, 1011);

        private final int httpStatus;
        private final int closeCode;

        Reason(int httpStatus, int closeCode) {
            this.httpStatus = httpStatus;
            this.closeCode = closeCode;
        }

        /** Returns the status of the HTTP answer. */
        public int httpStatus() {
            return httpStatus;
        }

        /** Returns the WebSocket close code. */
        public int closeCode() {
            return closeCode;
        }
    }

    /** Returns the answer that lets the user in. */
    static AuthResult accept(User user) {
        return new Accepted(user, Optional.empty());
    }

    /** Returns the answer that lets the user in until this time. */
    static AuthResult accept(User user, Instant expires) {
        return new Accepted(user, Optional.of(Objects.requireNonNull(expires, "expires")));
    }

    /** Returns the answer where there is nothing to judge: no token, no cookie, no login. */
    static AuthResult noCredential() {
        return new Rejected(Reason.NO_CREDENTIAL, "no credential");
    }

    /** Returns the answer to a credential that does not hold. It does not tell why. */
    static AuthResult notAuthenticated() {
        return notAuthenticated("not authenticated");
    }

    /** Returns the answer to someone we do not know. */
    static AuthResult notAuthenticated(String text) {
        return new Rejected(Reason.NOT_AUTHENTICATED, text);
    }

    /** Returns the answer to someone who may not. */
    static AuthResult forbidden(String text) {
        return new Rejected(Reason.FORBIDDEN, text);
    }

    /** Returns the answer where there is nothing. */
    static AuthResult notFound(String text) {
        return new Rejected(Reason.NOT_FOUND, text);
    }
}
