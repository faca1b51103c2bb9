package io.channelbox.jakarta.websocket;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;

/**
 * What came out of a handshake: what the peer said, what we answered, whether the authenticator was asked at all, and on what
 * kind of thread. Travels from the handshake to the open session.
 */
record Admission(Handshake handshake, AuthResult result, boolean asked, ThreadKind threads) {

    /** The authenticator was asked. */
    static Admission answered(Handshake handshake, AuthResult result) {
        return new Admission(handshake, result, true, ThreadKind.ofThisThread());
    }

    /** The peer is refused whoever it is. */
    static Admission unasked(Handshake handshake, AuthResult result) {
        return new Admission(handshake, result, false, ThreadKind.ofThisThread());
    }

    /** Tells whether a peer that is refused is let in for as long as it takes to tell it so. */
    boolean isToldInside(Mount mount) {
        return asked && mount.options().tellingAuthentication();
    }
}
