package io.channelbox.jakarta.websocket;

import jakarta.websocket.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connections of a deployment. The classes of containers are not there everywhere: only the connection that is written for
 * one mentions them, and it is loaded when a session of that container comes.
 */
final class ConnectionFactory {

    private static final Logger log = LoggerFactory.getLogger(ConnectionFactory.class);

    // All sessions of a deployment are of one container, so what holds for one of them holds for all.
    private volatile boolean portable;

    private ConnectionFactory(boolean portable) {
        this.portable = portable;
    }

    /** Returns one that sends by the container's own API where it is known and can be reached, and else by that of Jakarta. */
    static ConnectionFactory preferringNative() {
        return new ConnectionFactory(false);
    }

    /** Returns one that sends by the Jakarta API, on every container. */
    static ConnectionFactory portable() {
        return new ConnectionFactory(true);
    }

    SessionConnection connect(Session session) {
        if (!portable) {
            try {
                return connectNatively(session);
            } catch (ReflectiveOperationException
                    | RuntimeException
                    | LinkageError hidden) { // as Jetty's classes are in a WAR
                portable = true;
                log.debug("Sending by the Jakarta API, since that of {} cannot be reached", session.getClass(), hidden);
            }
        }
        return new JakartaConnection(session);
    }

    private static SessionConnection connectNatively(Session session) throws ReflectiveOperationException {
        return switch (session.getClass().getName()) {
            case "io.undertow.websockets.jsr.UndertowSession" -> UndertowConnection.of(session);
            case "org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession",
                    "org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession" ->
                JettyConnection.of(session);
            default -> new JakartaConnection(session);
        };
    }
}
