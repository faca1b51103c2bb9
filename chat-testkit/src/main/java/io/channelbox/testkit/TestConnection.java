package io.channelbox.testkit;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.message.Frame;
import io.channelbox.message.JoinedText;
import io.channelbox.message.TextFrame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a network: frames land in a list, sends complete at once, pings are answered, and closing is
 * agreed to at once. A test can take any of that away. Safe for use by several threads.
 */
public final class TestConnection implements Connection {

    private enum Mode {
        WELL,
        NOT_READING,
        FAILING,
        GONE
    }

    // Guarded by this. Nothing is called while it is held.
    private final ArrayDeque<Frame> arrived = new ArrayDeque<>();
    private final List<Completion> unread = new ArrayList<>();
    private final ArrayDeque<Frame> unreadFrames = new ArrayDeque<>();
    private Mode mode = Mode.WELL;
    private boolean splitting;
    private @Nullable CloseStatus closed;
    private int pings;

    private final Consumer<CloseStatus> onClose;
    private final Runnable onPong;

    /** Makes a connection that tells what a transport would hear: that it was closed, and that a pong came. */
    public TestConnection(Consumer<CloseStatus> onClose, Runnable onPong) {
        this.onClose = onClose;
        this.onPong = onPong;
    }

    @Override
    public void send(Frame frame, Completion completion) {
        Mode now;
        synchronized (this) {
            now = closed == null ? mode : Mode.FAILING;
            switch (now) {
                case WELL -> arrive(frame);
                case NOT_READING, GONE -> {
                    unread.add(completion);
                    unreadFrames.add(frame);
                }
                case FAILING -> {}
            }
        }
        if (now == Mode.WELL) {
            completion.succeeded();
        } else if (now == Mode.FAILING) {
            completion.failed(new IOException("the peer's side of the connection fails"));
        }
    }

    private synchronized void arrive(Frame frame) {
        if (splitting && frame instanceof TextFrame text) {
            JoinedText.split(text.text()).stream().map(Frame::text).forEach(arrived::add);
        } else {
            arrived.add(frame);
        }
    }

    /** Lets every message arrive as a frame of its own, as a client of {@code channelbox.v1} reads them. */
    synchronized void splitMessages() {
        splitting = true;
    }

    @Override
    public void ping(Completion completion) {
        boolean answered;
        synchronized (this) {
            pings++;
            answered = mode == Mode.WELL;
        }
        completion.succeeded();
        if (answered) {
            onPong.run();
        }
    }

    @Override
    public void close(CloseStatus status) {
        synchronized (this) {
            if (closed != null) {
                return;
            }
            closed = status;
            if (mode == Mode.GONE) {
                return;
            }
        }
        onClose.accept(status);
    }

    /** The peer closes the connection. */
    public void closeByPeer(CloseStatus status) {
        close(status);
    }

    /** The peer stops reading: sends do not complete. */
    public synchronized void stopReading() {
        mode = Mode.NOT_READING;
    }

    /** The peer reads again, beginning with what it has not read. */
    public void readAgain() {
        List<Completion> late;
        synchronized (this) {
            mode = Mode.WELL;
            unreadFrames.forEach(this::arrive);
            unreadFrames.clear();
            late = List.copyOf(unread);
            unread.clear();
        }
        late.forEach(Completion::succeeded);
    }

    /** Every further send fails. */
    public synchronized void failSends() {
        mode = Mode.FAILING;
    }

    /** The peer is gone and nobody knows: nothing is read, no ping answered, no close agreed to. */
    public synchronized void vanish() {
        mode = Mode.GONE;
    }

    /** Tells whether the peer is gone without a word. */
    public synchronized boolean hasVanished() {
        return mode == Mode.GONE;
    }

    /** Takes the oldest frame that has arrived. */
    public synchronized Optional<Frame> take() {
        return Optional.ofNullable(arrived.poll());
    }

    /** Returns the oldest frame that has arrived, and leaves it. */
    public synchronized Optional<Frame> peek() {
        return Optional.ofNullable(arrived.peek());
    }

    /** Takes this frame, and no equal one. */
    synchronized void take(Frame frame) {
        arrived.removeIf(each -> each == frame);
    }

    /** Throws away the frames for which this holds. */
    synchronized void drop(Predicate<Frame> unwanted) {
        arrived.removeIf(unwanted);
    }

    /** Returns the frames that have arrived, oldest first, and leaves them. */
    public synchronized List<Frame> arrived() {
        return List.copyOf(arrived);
    }

    /** Returns what the connection was closed with. */
    public synchronized Optional<CloseStatus> closeStatus() {
        return Optional.ofNullable(closed);
    }

    /** Returns the number of pings the peer got. */
    public synchronized int pings() {
        return pings;
    }
}
