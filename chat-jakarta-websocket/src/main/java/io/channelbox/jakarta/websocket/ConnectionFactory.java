package io.channelbox.jakarta.websocket;

import jakarta.websocket.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connections of a deployment. The classes of containers are not there everywhere: only the connection that is written for
 * one mentions them, and it is loaded when a session of that container comes.
 */
final class ConnectionFactory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConnectionFactory.class);

    // All sessions of a deployment are of one container, so what holds for one of them holds for all.
    private volatile boolean portable;

    private final WriterThreads writers = new WriterThreads(); // for Tomcat

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
                    | ClassCastException
                    | LinkageError hidden) { // as Jetty's classes are in a WAR
                portable = true;
                log.debug("Sending by the Jakarta API, since that of {} cannot be reached", session.getClass(), hidden);
            }
        }
        return new JakartaConnection(session);
    }

    private SessionConnection connectNatively(Session session) throws ReflectiveOperationException {
        return switch (session.getClass().getName()) {
            case "io.undertow.websockets.jsr.UndertowSession" -> UndertowConnection.of(session);
            case "org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession",
                    "org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession" ->
                JettyConnection.of(session);
            case "org.apache.tomcat.websocket.WsSession" -> new TomcatConnection(session, writers.writer());
            default -> new JakartaConnection(session);
        };
    }

    /** Ends the threads that connections of this factory were sending with. What is still sent leaves by the container's. */
    @Override
    public void close() {
        writers.close();
    }
}
