package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Connection;
import jakarta.websocket.Session;

/** Makes the adapter's connections. */
public final class Connections {

    private Connections() {}

    /** Returns a connection over a session, as these endpoints would make it. */
    public static Connection of(Session session, ChatEndpoints endpoints) {
        return endpoints.connections().connect(session);
    }

    /** Returns a connection over a session, as endpoints would make it that were not told how. */
    public static Connection of(Session session) {
        return ConnectionFactory.preferringNative().connect(session);
    }
}
