package io.channelbox.jakarta.websocket;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's session as a connection. After it is open nothing is asked of the session but to send and to close. How frames leave is
 * for the subclasses; pings and the close go through the Jakarta API everywhere.
 */
abstract class SessionConnection implements Connection {

    private static final Logger log = LoggerFactory.getLogger(SessionConnection.class);
    private static final long MILLIS_TO_ANSWER_A_CLOSE = 5_000;
    static final long MILLIS_TO_EVICT = 2_000;

    /** Tomcat gives a peer 50 ms to read what comes before its close frame: too little for one that reads slowly. Others ignore it. */
    private static final String TOMCAT_CLOSE_TIMEOUT =
            "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

    /** Tomcat looks at no idle time once it has sent its close frame. It looks at this one now and then. Others ignore it. */
    private static final String TOMCAT_ANSWER_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    private final Session session;
    private final RemoteEndpoint.Async remote;

    /**
     * Not on Tyrus, where it drops nobody, and where it would now and then close the session with 1000: with no idle time set, Tyrus
     * starts a timer that ends at once, and that takes the time which is set meanwhile for over.
     */
    private final boolean idleTimeDrops;

    private volatile boolean sending;

    SessionConnection(Session session) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.idleTimeDrops = !session.getContainer().getClass().getName().contains(".tyrus.");
        session.getUserProperties().put(TOMCAT_CLOSE_TIMEOUT, MILLIS_TO_EVICT);
        session.getUserProperties().put(TOMCAT_ANSWER_TIMEOUT, MILLIS_TO_ANSWER_A_CLOSE);
    }

    /** For a connection that nobody looks after: what stalls is dropped by the container. */
    final void dropWhenIdle() {
        limitIdleTime(MILLIS_TO_ANSWER_A_CLOSE);
    }

    private void limitIdleTime(long millis) {
        if (idleTimeDrops) {
            session.setMaxIdleTimeout(millis);
        }
    }

    final Session session() {
        return session;
    }

    final RemoteEndpoint.Async remote() {
        return remote;
    }

    /** Notes that frames are on their way, which a close must not wait for. */
    final void sending() {
        sending = true;
    }

    /** Notes that nothing is on its way any more. Before the completion is told: that may start the next send. */
    final void sent() {
        sending = false;
    }

    @Override
    public final void ping(Completion completion) {
        try {
            remote.sendPing(ByteBuffer.allocate(0));
            completion.succeeded();
        } catch (IOException e) {
            completion.failed(e);
        }
    }

    /** The short idle time is what makes containers drop a peer that reads nothing, or never answers the close. */
    @Override
    public void close(CloseStatus status) {
        CloseStatus told = status.isSendable() ? status : CloseStatus.GOING_AWAY;
        quietly(() -> limitIdleTime(sending ? MILLIS_TO_EVICT : MILLIS_TO_ANSWER_A_CLOSE));
        quietly(() -> session.close(new CloseReason(CloseCodes.getCloseCode(told.code()), told.reason())));
    }

    /** The container has ended the session, by whatever. */
    void ended() {}

    final void quietly(Closing step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) { // containers throw all three for what is closed already
            log.debug("Closing a session failed", e);
        }
    }

    @FunctionalInterface
    interface Closing {
        void run() throws IOException;
    }
}
