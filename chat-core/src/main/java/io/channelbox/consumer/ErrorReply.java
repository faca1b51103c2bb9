package io.channelbox.consumer;

import io.channelbox.message.PeerException;
import java.util.Objects;

/**
 * What a peer is told of its own mistake, as JSON {@code {"type":"error","code":"malformed","message":"..."}}.
 *
 * @param type always {@code error}
 * @param code the stable code
 * @param message for people
 */
public record ErrorReply(String type, String code, String message) {

    /** Refuses missing parts. */
    public ErrorReply {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** Returns the reply to an exception. */
    public static ErrorReply to(PeerException mistake) {
        return new ErrorReply("error", mistake.code(), mistake.text());
    }

    /** Returns the reply as one line, which is how a text codec writes it. */
    @Override
    public String toString() {
        return "error: " + message;
    }
}
