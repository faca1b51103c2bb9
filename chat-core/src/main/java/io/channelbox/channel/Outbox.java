package io.channelbox.channel;

import io.channelbox.channel.Connection.Completion;
import io.channelbox.message.Frame;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way out of a channel: frames wait here, bounded, and leave one at a time. No thread of its own: whoever brings a
 * frame, or tells that the last one has left, sends what may be sent.
 */
final class Outbox {

    /** What the outbox cannot settle itself. Called without any lock held. */
    interface Owner {

        /** Too much was waiting; everything was given up, and nothing is taken any more. */
        void overflowed(long waitingBytes);

        /** The policy dropped this many frames. */
        void dropped(int frames);

        /** A frame has left. */
        void sent();

        /** The connection failed. */
        void failed(Throwable cause);

        /** All that was waiting when the outbox was told to close has left. */
        void flushed();
    }

    private static final int LARGEST_KEPT = 64;

    private final Connection connection;
    private final Owner owner;
    private final LongSupplier nanoTime;
    private final OutboxLimits limits;

    // Guarded by this. Never held while calling the connection or the owner.
    private @Nullable ArrayDeque<Frame> waiting; // made when first needed: most channels are idle
    private long waitingBytes;
    private long historyBytes; // of what waits, not counted against the limits: the query has bounded it
    private int historyFrames;
    private int mostWaiting;
    private boolean inFlight;
    private long inFlightSince;
    private boolean closing;
    private boolean discarded;
    private boolean toldFlushed;
    private boolean overflowed; // and the owner does not know yet
    private long overflowedBytes;
    private int droppedFrames;
    private long everAdded;
    private long everTaken;
    private @Nullable ArrayDeque<Mark> marks; // what is told when a history has left
    // Written under this, read without: whether there is anything but frames to look after, which is rare.
    private volatile boolean needsCare;

    /** The end of a history, which has left when so many frames have been taken out. */
    private record Mark(long taken, int frames, long bytes, Runnable due) {}

    Outbox(Connection connection, OutboxLimits limits, LongSupplier nanoTime, Owner owner) {
        this.connection = connection;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.owner = owner;
    }

    SendResult offer(Frame frame, OverflowPolicy policy) {
        SendResult result = put(frame, policy);
        drain();
        return result;
    }

    /** Takes a frame without sending anything. Who calls this calls {@link #drain()} when it holds no lock any more. */
    synchronized SendResult put(Frame frame, OverflowPolicy policy) {
        if (closing || discarded) {
            return SendResult.CLOSED;
        }
        if (isTooMuch(frame)) {
            switch (policy) {
                case CLOSE -> {
                    overflow();
                    return SendResult.CLOSED;
                }
                case DROP_NEWEST -> {
                    dropped();
                    return SendResult.DROPPED;
                }
                case DROP_OLDEST -> dropOldestUntilFits(frame);
            }
        }
        add(frame);
        return SendResult.QUEUED;
    }

    /** Takes the history that a joiner asked for, however much: a room that may keep it must be one that can be joined. */
    synchronized void putHistory(List<Frame> frames) {
        if (closing || discarded) {
            return;
        }
        for (Frame frame : frames) {
            add(frame);
            historyBytes += frame.size();
            historyFrames++;
        }
    }

    /** Takes a history, and tells when it has left, without any lock held; never when the connection ends before. */
    synchronized void putHistory(List<Frame> frames, Runnable whenLeft) {
        putHistory(frames);
        if (!closing && !discarded) {
            marks = marks == null ? new ArrayDeque<>(2) : marks;
            long bytes = frames.stream().mapToLong(Frame::size).sum();
            marks.addLast(new Mark(everAdded, frames.size(), bytes, whenLeft));
            needsCare = true;
        }
    }

    private void add(Frame frame) {
        everAdded++;
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.addLast(frame);
        waitingBytes += frame.size();
        mostWaiting = Math.max(mostWaiting, waiting.size());
    }

    private boolean isTooMuch(Frame frame) {
        return waiting != null
                && !waiting.isEmpty()
                && (waitingBytes + frame.size() > limits.bytes() + historyBytes
                        || waiting.size() >= limits.frames() + historyFrames);
    }

    private void overflow() {
        overflowed = true;
        overflowedBytes = waitingBytes;
        needsCare = true;
        closing = true;
        toldFlushed = true;
        waiting = null;
        waitingBytes = 0;
        marks = null;
    }

    private void dropOldestUntilFits(Frame frame) {
        while (isTooMuch(frame) && waiting != null) {
            waitingBytes -= waiting.removeFirst().size();
            everTaken++;
            dropped();
        }
    }

    private void dropped() {
        droppedFrames++;
        needsCare = true;
    }

    /** Sends what may be sent now. Loops while sends complete at once: completing must never recurse into sending. */
    void drain() {
        if (needsCare) {
            tellOwner();
            tellOfHistory();
        }
        for (Frame next = takeNext(); next != null; next = takeNext()) {
            var sending = new Sending(true);
            try {
                connection.send(next, sending);
            } catch (Throwable broken) { // containers throw exceptions and errors alike for a connection that failed
                sending.failed(broken);
            }
            if (sending.isLeftToTheCompletion()) {
                return;
            }
        }
        if (needsCare) {
            tellOfHistory();
            tellIfFlushed();
        }
    }

    private void tellOfHistory() {
        for (Mark mark = takeDueMark(); mark != null; mark = takeDueMark()) {
            mark.due().run();
        }
    }

    private synchronized @Nullable Mark takeDueMark() {
        if (marks == null || marks.getFirst().taken() > everTaken) {
            return null;
        }
        Mark due = marks.removeFirst();
        marks = marks.isEmpty() ? null : marks;
        historyBytes = Math.max(0, historyBytes - due.bytes());
        historyFrames = Math.max(0, historyFrames - due.frames());
        return due;
    }

    private synchronized @Nullable Frame takeNext() {
        if (inFlight || waiting == null || waiting.isEmpty()) {
            return null;
        }
        Frame next = waiting.removeFirst();
        waitingBytes -= next.size();
        everTaken++;
        if (waiting.isEmpty()) {
            emptied();
        }
        inFlight = true;
        inFlightSince = nanoTime.getAsLong();
        return next;
    }

    /** After a burst, the room it took is given back. */
    private void emptied() {
        historyBytes = 0;
        historyFrames = 0;
        if (mostWaiting > LARGEST_KEPT) {
            waiting = null;
        }
        mostWaiting = 0;
    }

    private void tellOwner() {
        boolean tooMuch;
        long bytes;
        int dropped;
        synchronized (this) {
            tooMuch = overflowed;
            bytes = overflowedBytes;
            dropped = droppedFrames;
            overflowed = false;
            droppedFrames = 0;
            needsCare = closing || marks != null;
        }
        if (dropped > 0) {
            owner.dropped(dropped);
        }
        if (tooMuch) {
            owner.overflowed(bytes);
        }
    }

    private void tellIfFlushed() {
        synchronized (this) {
            if (!closing || toldFlushed || inFlight || (waiting != null && !waiting.isEmpty())) {
                return;
            }
            toldFlushed = true;
        }
        owner.flushed();
    }

    /**
     * Pings if nothing is on its way; otherwise the send that is tells as much. Blocks as long as the connection does.
     *
     * @param pinging told just before, since the answer may come while the ping is still being sent
     */
    void ping(Runnable pinging) {
        synchronized (this) {
            if (inFlight || closing || discarded) {
                return;
            }
            inFlight = true;
            inFlightSince = nanoTime.getAsLong();
        }
        pinging.run();
        var sending = new Sending(false); // a ping keeps no idle channel alive
        try {
            connection.ping(sending);
        } catch (Throwable broken) { // as in drain
            sending.failed(broken);
        }
        if (!sending.isLeftToTheCompletion()) {
            drain();
        }
    }

    /** Takes nothing more, sends what waits, and then tells the owner. */
    void close() {
        synchronized (this) {
            closing = true;
            needsCare = true;
        }
        drain();
    }

    /** Gives up what waits: the connection is gone. */
    synchronized void discard() {
        discarded = true;
        closing = true;
        toldFlushed = true;
        waiting = null;
        waitingBytes = 0;
        marks = null;
    }

    /** Tells whether a send has been under way for longer than this many nanoseconds. */
    synchronized boolean isStalledFor(long nanos) {
        return inFlight && !discarded && nanoTime.getAsLong() - inFlightSince > nanos;
    }

    synchronized long waitingBytes() {
        return waitingBytes;
    }

    private void completed(boolean frame) {
        synchronized (this) {
            inFlight = false;
        }
        if (frame) {
            owner.sent();
        }
    }

    /** One send. Who is later, the call that started it or its completion, goes on with the next frame. */
    private final class Sending extends AtomicInteger implements Completion {

        private static final long serialVersionUID = 1L;
        private static final int SETTLED = 1;
        private static final int COMPLETED = 2;
        private static final int CALL_RETURNED = 4;

        private final boolean ofFrame;

        Sending(boolean ofFrame) {
            this.ofFrame = ofFrame;
        }

        @Override
        public void succeeded() {
            complete(null);
        }

        @Override
        public void failed(Throwable cause) {
            complete(cause);
        }

        /** Told by the call that started the send when it has returned. */
        boolean isLeftToTheCompletion() {
            return !addFlag(CALL_RETURNED, COMPLETED);
        }

        private void complete(@Nullable Throwable cause) {
            if (addFlag(SETTLED, SETTLED)) {
                return; // some containers complete a send twice
            }
            settle(cause);
            if (addFlag(COMPLETED, CALL_RETURNED)) {
                drain();
            }
        }

        private void settle(@Nullable Throwable cause) {
            if (cause == null) {
                completed(ofFrame);
            } else {
                owner.failed(cause);
            }
        }

        /** Sets one flag and tells whether another one was set before. */
        private boolean addFlag(int flag, int asked) {
            return (getAndUpdate(flags -> flags | flag) & asked) != 0;
        }
    }
}
