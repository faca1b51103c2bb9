package io.channelbox.jakarta.websocket;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;

/** What came out of a handshake: what the peer said, and what we answered. Travels from the handshake to the open session. */
record Admission(Handshake handshake, AuthResult result) {}
