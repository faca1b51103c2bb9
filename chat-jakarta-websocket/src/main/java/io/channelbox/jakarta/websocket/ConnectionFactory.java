package io.channelbox.jakarta.websocket;

import jakarta.websocket.Session;

/** Makes the connections of a deployment. */
@FunctionalInterface
interface ConnectionFactory {

    /** Nothing but the Jakarta API, on every container. */
    ConnectionFactory PORTABLE = JakartaConnection::new;

    SessionConnection connect(Session session);
}
