package io.channelbox.jakarta.websocket;

import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.websockets.core.StreamSinkFrameChannel;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSocketFrameType;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.jsr.UndertowSession;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Sends through Undertow's own channel: text as the bytes that it is, and what waits in one write. */
final class UndertowConnection extends SessionConnection implements GatheringConnection {

    private final WebSocketChannel channel;

    private UndertowConnection(Session session, WebSocketChannel channel) {
        super(session);
        this.channel = channel;
    }

    static SessionConnection of(Session session) {
        return new UndertowConnection(session, ((UndertowSession) session).getWebSocketChannel());
    }

    @Override
    public void send(Frame frame, Completion completion) {
        sending();
        start(frame, completion);
    }

    /**
     * The channel's I/O thread writes all that is queued at once. Pings and closes of others that are queued meanwhile leave with
     * ours: whatever they find, our flush comes after.
     */
    @Override
    public void sendAll(List<Frame> frames, Completion completion) {
        sending();
        int last = frames.size() - 1;
        channel.setRequireExplicitFlush(true);
        try {
            for (Frame frame : frames.subList(0, last)) {
                queue(frame);
            }
            start(frames.get(last), completion); // frames leave in order, so this one tells of all
        } catch (IOException e) {
            completion.failed(e);
        } finally {
            channel.setRequireExplicitFlush(false);
            channel.flush();
        }
    }

    /** Undertow hands every frame that another thread sends to this one, and wakes it. */
    @Override
    public Optional<Executor> loop() {
        return Optional.of(channel.getIoThread());
    }

    private void queue(Frame frame) throws IOException {
        StreamSinkFrameChannel sink =
                channel.send(frame instanceof TextFrame ? WebSocketFrameType.TEXT : WebSocketFrameType.BINARY);
        sink.send(new ImmediatePooledByteBuffer(frame.buffer()));
        sink.shutdownWrites();
        sink.flush();
    }

    private void start(Frame frame, Completion completion) {
        ByteBuffer payload = frame.buffer();
        var sending = new Sending(this, completion);
        if (frame instanceof TextFrame) {
            WebSockets.sendText(payload, channel, sending);
        } else {
            WebSockets.sendBinary(payload, channel, sending);
        }
    }

    private record Sending(UndertowConnection connection, Completion completion) implements WebSocketCallback<Void> {

        @Override
        public void complete(WebSocketChannel channel, Void context) {
            connection.sent();
            completion.succeeded();
        }

        @Override
        public void onError(WebSocketChannel channel, Void context, Throwable cause) {
            completion.failed(cause);
        }
    }
}
