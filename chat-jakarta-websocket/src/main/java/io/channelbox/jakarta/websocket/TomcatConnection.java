package io.channelbox.jakarta.websocket;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends by the blocking remote, on the threads of a {@link FrameWriter}: Tomcat hands the result of every asynchronous send to its pool,
 * which costs more than the send. To a peer that takes long to read it sends asynchronously, so that it holds up no others, until
 * the peer has proved quick again.
 */
final class TomcatConnection extends JakartaConnection implements GatheringConnection {

    /** How long Tomcat lets a blocking send take. Beyond what any box does, which ends what stalls, and closes the connection. */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final long MILLIS_TO_SEND = Duration.ofDays(1).toMillis();

    /** More than this does not fit into a socket's buffers at once. */
    private static final int MOST_BYTES_TO_BLOCK_FOR = 128 << 10;

    /** Messages come in parts anyway. Tomcat begins with buffers for 8,192 characters and as many bytes, and replaces each at the next message. */
    private static final int SIZE_OF_A_PART = 1024;

    private static final long NANOS_OF_A_QUICK_SEND = FrameWriter.TICK.toNanos();
    private static final int PROOFS_OF_A_SLOW_PEER = 16;

    private final RemoteEndpoint.Basic blocking;
    private final FrameWriter writer;

    /** Held, because a session that has been closed meanwhile refuses to tell them. Tomcat's can be written to by many threads. */
    private final Map<String, Object> settings;

    /** What stands behind the frame that is being written must not be sent any more: that one may be cut short. */
    private final AtomicBoolean closing = new AtomicBoolean();

    /** How many asynchronous sends in a row must still be quick. None for a peer that was never slow. */
    private volatile int proofs;

    TomcatConnection(Session session, FrameWriter writer) {
        super(session);
        this.blocking = session.getBasicRemote();
        this.writer = writer;
        this.settings = session.getUserProperties();
        limitBlockingSends(MILLIS_TO_SEND);
        session.setMaxTextMessageBufferSize(SIZE_OF_A_PART);
        session.setMaxBinaryMessageBufferSize(SIZE_OF_A_PART);
    }

    @Override
    public void send(Frame frame, Completion completion) {
        sendAll(List.of(frame), completion);
    }

    @Override
    public void sendAll(List<Frame> frames, Completion completion) {
        sending();
        var sending = new Sending(frames, completion);
        if (proofs > 0 || bytesOf(frames) > MOST_BYTES_TO_BLOCK_FOR || !writer.offer(sending)) {
            sending.writeWithoutThread();
        }
    }

    private static long bytesOf(List<Frame> frames) {
        long bytes = 0;
        for (Frame frame : frames) {
            bytes += frame.size();
        }
        return bytes;
    }

    private void writeAll(List<Frame> frames) throws IOException {
        if (frames.size() == 1) {
            write(frames.get(0));
            return;
        }
        blocking.setBatchingAllowed(true);
        for (Frame frame : frames) {
            write(frame);
        }
        blocking.flushBatch(); // before batching ends: else the container's pong could come into the middle of a frame
        blocking.setBatchingAllowed(false);
    }

    private void write(Frame frame) throws IOException {
        if (closing.get()) {
            throw new IOException("the connection is being closed");
        }
        if (frame instanceof TextFrame text) {
            blocking.sendText(text.text());
        } else {
            blocking.sendBinary(frame.buffer());
        }
    }

    private void sendAsynchronously(Frame frame, Completion completion) {
        super.send(frame, completion);
    }

    private void prove(boolean quick) {
        int needed = proofs;
        if (needed > 0) {
            proofs = quick ? needed - 1 : PROOFS_OF_A_SLOW_PEER;
            if (proofs == 0) {
                limitBlockingSends(MILLIS_TO_SEND);
            }
        }
    }

    /**
     * The close frame stands in line behind a send that blocks: first that wait is made short, and in the end the send is ended. Not by who asks
     * again, and finds the first close under way: a frame that is cut short must be the last that is sent.
     */
    @Override
    public void close(CloseStatus status) {
        boolean again = closing.getAndSet(true);
        limitBlockingSends(MILLIS_TO_EVICT);
        super.close(status);
        if (!again) {
            writer.interrupt(this);
        }
    }

    /** Nor does the socket that Tomcat closes wake a send that blocks on it. */
    @Override
    void ended() {
        writer.interrupt(this);
    }

    private void limitBlockingSends(long millis) {
        settings.put(SEND_TIMEOUT, millis);
    }

    /** Frames on their way, by either remote. */
    private final class Sending implements FrameWriter.Write, Completion {

        private final List<Frame> frames;
        private final Completion completion;

        // Of the asynchronous remote, which is given one frame after the other.
        private int next;
        private long startedAt;

        Sending(List<Frame> frames, Completion completion) {
            this.frames = frames;
            this.completion = completion;
        }

        @Override
        public Connection connection() {
            return TomcatConnection.this;
        }

        @Override
        public void write() {
            try {
                writeAll(frames);
            } catch (IOException | RuntimeException | Error e) { // containers throw all three when a session is gone
                completion.failed(e);
                return;
            }
            sent();
            completion.succeeded();
        }

        @Override
        public void tookTooLong() {
            proofs = PROOFS_OF_A_SLOW_PEER;
            limitBlockingSends(
                    MILLIS_TO_EVICT); // a peer that says goodbye meanwhile has Tomcat spin for as long as that
        }

        @Override
        public void writeWithoutThread() {
            startedAt = System.nanoTime();
            try {
                sendAsynchronously(frames.get(next++), this);
            } catch (RuntimeException | Error e) { // containers throw both when a session is gone
                completion.failed(e);
            }
        }

        @Override
        public void succeeded() {
            prove(System.nanoTime() - startedAt < NANOS_OF_A_QUICK_SEND);
            if (next < frames.size()) {
                writeWithoutThread();
            } else {
                completion.succeeded();
            }
        }

        @Override
        public void failed(Throwable cause) {
            completion.failed(cause);
        }
    }
}
