package io.channelbox.jakarta.websocket;

import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import jakarta.websocket.Session;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingFrames;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;

/** Sends through Jetty's own session, that is behind the one of Jakarta: text as the bytes that it is, and what waits in one write. */
final class JettyConnection extends SessionConnection implements GatheringConnection {

    private final WebSocketCoreSession core;

    private JettyConnection(Session session, WebSocketCoreSession core) {
        super(session);
        this.core = core;
    }

    /** Asks by name, because each edition of Jakarta EE has a session of its own, while the one behind it is of one class. */
    static SessionConnection of(Session session) throws ReflectiveOperationException {
        Object core = session.getClass().getMethod("getCoreSession").invoke(session);
        return new JettyConnection(session, (WebSocketCoreSession) core);
    }

    @Override
    public void send(Frame frame, Completion completion) {
        sending();
        core.sendFrame(encoded(frame), new Sending(this, completion), false);
    }

    /**
     * Jetty's session passes on one frame at a time, and what is behind it gathers all that come while it is at work: so the others
     * follow from within the first. Frames that Jetty cuts up go the long way.
     */
    @Override
    public void sendAll(List<Frame> frames, Completion completion) {
        sending();
        var sending = new Sending(this, completion);
        if (frames.stream().anyMatch(this::isCutUp)) {
            sendAll(core, frames, sending);
        } else {
            OutgoingFrames behind = core.getExtensionStack();
            Runnable others = () -> sendBehind(behind, frames.subList(1, frames.size()), sending);
            Callback first = Callback.from(InvocationType.NON_BLOCKING, others, sending::failed);
            behind.sendFrame(encoded(frames.get(0)), first, true);
        }
    }

    private boolean isCutUp(Frame frame) {
        return core.getMaxFrameSize() > 0 && frame.size() > core.getMaxFrameSize();
    }

    /** Jetty swallows what a callback throws. */
    private static void sendBehind(OutgoingFrames behind, List<Frame> others, Sending sending) {
        try {
            sendAll(behind, others, sending);
        } catch (RuntimeException | Error e) {
            sending.failed(e);
        }
    }

    /** What may be batched waits for what may not: the last one, which tells of all, since they leave in order. */
    private static void sendAll(OutgoingFrames way, List<Frame> frames, Sending sending) {
        int last = frames.size() - 1;
        for (Frame frame : frames.subList(0, last)) {
            way.sendFrame(encoded(frame), Callback.NOOP, true);
        }
        way.sendFrame(encoded(frames.get(last)), sending, false);
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
