package io.channelbox.auth;

import io.channelbox.message.PeerException;

/**
 * The peer's user may not do that. Code and text are always the same, so that nobody learns from them whether a group or a
 * user exists, and whether it was a policy or a ban.
 */
public final class NotAllowedException extends PeerException {

    private static final long serialVersionUID = 1L;

    /** Makes the one there is. */
    public NotAllowedException() {
        super(NOT_ALLOWED, "not allowed");
    }
}
