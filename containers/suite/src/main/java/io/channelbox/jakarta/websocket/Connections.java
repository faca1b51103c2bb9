package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Connection;
import jakarta.websocket.Session;

/** Makes the adapter's connections. */
public final class Connections {

    private Connections() {}

    /** Returns a connection over a session. */
    public static Connection of(Session session) {
        return new JakartaConnection(session);
    }
}
