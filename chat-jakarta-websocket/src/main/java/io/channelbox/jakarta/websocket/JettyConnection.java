package io.channelbox.jakarta.websocket;

import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import jakarta.websocket.Session;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.OpCode;

/** Sends through Jetty's own session, that is behind the one of Jakarta: text as the bytes that it is, and what waits in one write. */
final class JettyConnection extends SessionConnection implements GatheringConnection {

    private final CoreSession core;

    private JettyConnection(Session session, CoreSession core) {
        super(session);
        this.core = core;
    }

    /** Asks by name, because each edition of Jakarta EE has a session of its own, while the one behind it is of one class. */
    static SessionConnection of(Session session) throws ReflectiveOperationException {
        Object core = session.getClass().getMethod("getCoreSession").invoke(session);
        return new JettyConnection(session, (CoreSession) core);
    }

    @Override
    public void send(Frame frame, Completion completion) {
        sending();
        core.sendFrame(encoded(frame), new Sending(this, completion), false);
    }

    /** Jetty collects what may be batched, and writes it with the first frame that may not. */
    @Override
    public void sendAll(List<Frame> frames, Completion completion) {
        sending();
        int last = frames.size() - 1;
        for (Frame frame : frames.subList(0, last)) {
            core.sendFrame(encoded(frame), Callback.NOOP, true);
        }
        core.sendFrame(
                encoded(frames.get(last)),
                new Sending(this, completion),
                false); // tells of all, since they leave in order
    }

    private static org.eclipse.jetty.websocket.core.Frame encoded(Frame frame) {
        return new org.eclipse.jetty.websocket.core.Frame(
                frame instanceof TextFrame ? OpCode.TEXT : OpCode.BINARY, frame.buffer());
    }

    private record Sending(JettyConnection connection, Completion completion) implements Callback {

        @Override
        public void succeeded() {
            connection.sent();
            completion.succeeded();
        }

        @Override
        public void failed(Throwable cause) {
            completion.failed(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING; // completing starts the next send and waits for nothing
        }
    }
}
