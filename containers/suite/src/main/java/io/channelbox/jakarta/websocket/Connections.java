package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Connection;
import jakarta.websocket.Session;

/** Makes the adapter's connections. */
public final class Connections {

    private Connections() {}

    /** Returns a connection over a session, made as endpoints make theirs. */
    public static Connection of(Session session, boolean portable) {
        ConnectionFactory factory = portable ? ConnectionFactory.portable() : ConnectionFactory.preferringNative();
        return factory.connect(session);
    }
}
