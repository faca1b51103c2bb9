package io.channelbox.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The peer did something wrong. It is told the code and the text, so neither may hold a secret, and its channel lives on.
 * Codes are part of an application's protocol: short, lower case, never reworded.
 */
public class PeerException extends RuntimeException {

    /** The frame could not be read at all. */
    public static final String MALFORMED = "malformed";

    /** The frame was read, but a value in it is missing or wrong. */
    public static final String INVALID = "invalid";

    /** The frame was read, but nothing here answers to messages of that type. */
    public static final String UNKNOWN_TYPE = "unknown_type";

    private static final long serialVersionUID = 1L;

    private final String code;

    /** Makes an exception with a stable code and a text for people. */
    public PeerException(String code, String text) {
        this(code, text, null);
    }

    /** Makes an exception with a cause, which is for the log and never told to the peer. */
    public PeerException(String code, String text, @Nullable Throwable cause) {
        super(Objects.requireNonNull(text, "text"), cause, false, false);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** Returns an exception for a value that is missing or wrong. */
    public static PeerException invalid(String text) {
        return new PeerException(INVALID, text);
    }

    /** Returns the stable code. */
    public String code() {
        return code;
    }

    /** Returns the text for people. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }
}
