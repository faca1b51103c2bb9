package io.channelbox.consumer;

import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a peer is told of its own mistake, as JSON {@code {"type":"error","code":"malformed","message":"..."}}.
 *
 * @param code the stable code
 * @param message for people
 * @param errors each thing that is wrong, with the path to it
 * @param retryAfterMillis how long to wait before trying again
 */
@TypeName("error")
public record ErrorReply(String code, String message, Optional<List<Problem>> errors, Optional<Long> retryAfterMillis) {

    /** Refuses missing parts. */
    public ErrorReply {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        errors = errors.map(List::copyOf);
        Objects.requireNonNull(retryAfterMillis, "retryAfterMillis");
    }

    /** Returns the reply to an exception. */
    public static ErrorReply to(PeerException mistake) {
        return new ErrorReply(
                mistake.code(),
                mistake.text(),
                Optional.of(mistake.problems()).filter(problems -> !problems.isEmpty()),
                mistake.retryAfter().map(Duration::toMillis));
    }

    /** Returns the reply as one line, which is how a text codec writes it. */
    @Override
    public String toString() {
        return "error: " + message;
    }
}
