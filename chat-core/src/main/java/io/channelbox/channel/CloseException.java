package io.channelbox.channel;

import java.util.Objects;

/**
 * Thrown by a consumer to close its own channel with a status of its choice: in {@code onConnect}, to refuse it. Thrown by
 * {@link ChannelBox#open} when the box refuses a channel.
 */
public final class CloseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CloseStatus status;

    /** Makes an exception that closes with this status. */
    public CloseException(CloseStatus status) {
        super(status.toString(), null, false, false);
        this.status = Objects.requireNonNull(status, "status");
    }

    /** Makes an exception that closes with this code and reason. */
    public CloseException(int code, String reason) {
        this(new CloseStatus(code, reason));
    }

    /** Returns the status to close with. */
    public CloseStatus status() {
        return status;
    }
}
