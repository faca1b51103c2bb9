package io.channelbox.auth;

import java.util.Objects;

/** Decides what users may do with groups. What is not allowed is answered with {@link NotAllowedException}, whatever the reason. */
@FunctionalInterface
public interface AccessPolicy {

    /** Everybody may do everything. */
    AccessPolicy ALLOW_ALL = request -> true;

    /**
     * Tells whether the user may. It is asked each time, on the thread that wants to act and while no lock is held, by
     * several threads at once; it may block. What it throws means no, and is logged.
     *
     * <p>The answer holds for the one act that it was asked for. A member that may not join any more stays a member until
     * it is kicked.
     */
    boolean allows(AccessRequest request);

    /** Returns a policy that allows what both allow. The other one is asked only when this one has said yes. */
    default AccessPolicy and(AccessPolicy other) {
        Objects.requireNonNull(other, "other");
        return request -> allows(request) && other.allows(request);
    }
}
