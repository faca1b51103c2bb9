package io.channelbox.jakarta.websocket;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;

/**
 * What came out of a handshake: what the peer said, what we answered, and on what kind of thread. Travels from the handshake to
 * the open session.
 */
record Admission(Handshake handshake, AuthResult result, ThreadKind threads) {

    Admission(Handshake handshake, AuthResult result) {
        this(handshake, result, ThreadKind.ofThisThread());
    }
}
