package io.channelbox.channel;

import io.channelbox.channel.Connection.Completion;
import io.channelbox.message.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way out of a channel: frames wait here, bounded, and leave one at a time, or all that wait together where the connection
 * has a way to do that. No thread of its own: whoever brings a frame, or tells that the last one has left, sends what may be sent.
 */
final class Outbox {

    /** What the outbox cannot settle itself. Called without any lock held. */
    interface Owner {

        /** Too much was waiting; everything was given up, and nothing is taken any more. */
        void overflowed(long waitingBytes);

        /** So many frames are not sent, because too much waited for others, or because newer ones make up for them. */
        void omitted(Omitted frames);

        /** A frame has left, or several together. */
        void sent();

        /** The connection failed. */
        void failed(Throwable cause);

        /** All that was waiting when the outbox was told to close has left. */
        void flushed();
    }

    // What leaves together: enough to make one write worth it, and not so much that a slow line takes long over it.
    private static final int MOST_FRAMES_TOGETHER = 48;
    private static final int MOST_BYTES_TOGETHER = 64 * 1024;

    private static final long SLOW_NANOS = 1_000_000_000;

    private final Connection connection;
    private final @Nullable GatheringConnection gathering; // the same, if it is one
    private final @Nullable Executor loop;
    private final Owner owner;
    private final LongSupplier nanoTime;
    private final OutboxLimits limits;
    private final Quota quota;

    // Guarded by this. Never held while calling the connection or the owner.
    private @Nullable WaitingFrames waiting; // made when first needed: most channels are idle
    private boolean inFlight;
    private long inFlightSince;
    private boolean closing;
    private boolean discarded;
    private boolean toldFlushed;
    private boolean overflowed; // and the owner does not know yet
    private long overflowedBytes;
    private @Nullable Omitted omitted; // and the owner does not know yet
    // Written under this by whoever begins a send, and read without until it has started. No reference is written
    // oftener
    // than need be: into an old object, each costs a collector such as G1 some work.
    private @Nullable Sending current;
    private boolean currentIsFree; // nobody will tell of it any more
    private @Nullable List<Frame> together; // when more than one frame leaves, all of them
    // Written under this, read without: whether there is anything but frames to look after, which is rare.
    private volatile boolean needsCare;
    // Written under this, read without: so much waits that it had better be sent before more comes.
    private volatile boolean pressed;

    Outbox(Connection connection, OutboxLimits limits, Quota quota, LongSupplier nanoTime, Owner owner) {
        this.connection = connection;
        this.gathering = connection instanceof GatheringConnection gathers ? gathers : null;
        this.loop = gathering == null ? null : gathering.loop().orElse(null);
        this.limits = limits;
        this.quota = quota;
        this.nanoTime = nanoTime;
        this.owner = owner;
    }

    SendResult offer(Frame frame, OverflowPolicy policy) {
        SendResult result = put(frame, policy);
        drain();
        return result;
    }

    SendResult offer(Frame frame, Terms terms) {
        SendResult result = put(frame, terms);
        drain();
        return result;
    }

    /** Takes a message without sending anything. Who calls this calls {@link #drain()} when it holds no lock any more. */
    synchronized SendResult put(Frame frame, OverflowPolicy policy) {
        return closing || discarded ? SendResult.CLOSED : result(waiting().add(frame, policy));
    }

    /** Takes a frame on these terms without sending anything, as {@link #put(Frame, OverflowPolicy)} does. */
    synchronized SendResult put(Frame frame, Terms terms) {
        return closing || discarded ? SendResult.CLOSED : result(waiting().add(frame, terms));
    }

    /** Takes the history that a joiner asked for, however much: a room that may keep it must be one that can be joined. */
    synchronized void putHistory(List<Frame> frames) {
        if (!closing && !discarded) {
            frames.forEach(waiting()::addHistory);
        }
    }

    /** Takes a history, and tells when the connection was given all of it, without any lock held; never when that ends before. */
    synchronized void putHistory(List<Frame> frames, Runnable whenLeft) {
        if (!closing && !discarded) {
            waiting().addHistory(frames, whenLeft);
            needsCare = true;
        }
    }

    private WaitingFrames waiting() {
        WaitingFrames known = waiting;
        if (known == null) {
            known = new WaitingFrames(limits, quota, this::isSlow);
            waiting = known;
        }
        return known;
    }

    /** Tells whether the connection has not taken a frame for a while. Called under the lock. */
    private boolean isSlow() {
        return inFlight && nanoTime.getAsLong() - inFlightSince > SLOW_NANOS;
    }

    /** Tells whether much waits: whoever brings more should first {@link #drain()}. */
    boolean isPressed() {
        return pressed;
    }

    private SendResult result(WaitingFrames.Taken taken) {
        noteOmitted();
        if (!pressed && waiting().isMuch()) {
            pressed = true;
        }
        return switch (taken) {
            case QUEUED -> SendResult.QUEUED;
            case DROPPED -> SendResult.DROPPED;
            case TOO_MUCH -> {
                overflow();
                yield SendResult.CLOSED;
            }
        };
    }

    private void noteOmitted() {
        if (waiting().hasOmitted()) {
            Omitted more = waiting().takeOmitted();
            omitted = omitted == null ? more : omitted.plus(more);
            needsCare = true;
        }
    }

    private void overflow() {
        overflowed = true;
        overflowedBytes = waitingBytes();
        needsCare = true;
        giveUp();
    }

    private void giveUp() {
        closing = true;
        toldFlushed = true;
        if (waiting != null) {
            waiting.forget();
            waiting = null;
        }
    }

    /** Returns the thread that the connection writes by; null if any may send. */
    @Nullable
    Executor loop() {
        return loop;
    }

    /** Sends what may be sent now. Loops while sends complete at once: completing must never recurse into sending. */
    void drain() {
        if (needsCare) {
            tellOwner();
            tellOfHistory();
        }
        Frame next = begin();
        while (next != null) {
            Sending sending = Objects.requireNonNull(current);
            send(next, sending);
            if (sending.isLeftToTheCompletion()) {
                return;
            }
            next = goOn(sending);
        }
        if (needsCare) {
            tellOfHistory();
            tellIfFlushed();
        }
    }

    private void send(Frame one, Sending sending) {
        List<Frame> all = together;
        together = null; // a send that does not end keeps nothing
        try {
            if (all == null || gathering == null) {
                connection.send(one, sending);
            } else {
                gathering.sendAll(all, sending);
            }
        } catch (Throwable broken) { // containers throw exceptions and errors alike for a connection that failed
            sending.failed(broken);
        }
    }

    private void tellOfHistory() {
        for (Runnable left = takeHistoryEnd(); left != null; left = takeHistoryEnd()) {
            left.run();
        }
    }

    private synchronized @Nullable Runnable takeHistoryEnd() {
        return waiting == null ? null : waiting.pollHistoryEnd();
    }

    private synchronized @Nullable Frame goOn(Sending sent) {
        if (gathering != null && sent == current) { // others may tell of one send twice
            currentIsFree = true;
        }
        return begin();
    }

    /** Returns the frame that leaves next, alone unless there are several {@link #together}; its send is the {@link #current} one. */
    private synchronized @Nullable Frame begin() {
        WaitingFrames all = waiting;
        if (inFlight || all == null || all.isEmpty()) {
            return null;
        }
        inFlight = true; // first: what fails from here on is a stall, and no frame is left out unnoticed
        inFlightSince = nanoTime.getAsLong();
        renewCurrent();
        Frame first = Objects.requireNonNull(all.poll());
        if (gathering != null && !all.isEmpty() && first.size() < MOST_BYTES_TOGETHER) {
            together = takeMore(all, first);
        }
        if (pressed && !all.isMuch()) {
            pressed = false;
        }
        if (all.isEmpty() && all.isLarge() && !all.hasHistoryEnds()) {
            waiting = null; // after a burst, the room it took is given back
        }
        return first;
    }

    private static List<Frame> takeMore(WaitingFrames all, Frame first) {
        List<Frame> taken = new ArrayList<>(Math.min(all.size() + 1, MOST_FRAMES_TOGETHER));
        taken.add(first);
        long bytes = first.size();
        while (taken.size() < MOST_FRAMES_TOGETHER && !all.isEmpty() && bytes < MOST_BYTES_TOGETHER) {
            Frame next = Objects.requireNonNull(all.poll());
            taken.add(next);
            bytes += next.size();
        }
        return Collections.unmodifiableList(taken);
    }

    private void renewCurrent() {
        if (current != null && currentIsFree) {
            current.renew();
        } else {
            current = new Sending(true);
        }
        currentIsFree = false;
    }

    private void tellOwner() {
        boolean tooMuch;
        long bytes;
        Omitted left;
        synchronized (this) {
            tooMuch = overflowed;
            bytes = overflowedBytes;
            left = omitted;
            overflowed = false;
            omitted = null;
            needsCare = closing || (waiting != null && waiting.hasHistoryEnds());
        }
        if (left != null) {
            owner.omitted(left);
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
        giveUp();
    }

    /** Tells whether a send has been under way for longer than this many nanoseconds. */
    synchronized boolean isStalledFor(long nanos) {
        return inFlight && !discarded && nanoTime.getAsLong() - inFlightSince > nanos;
    }

    /** Tells whether as much history waits as may wait of what is said: a peer that asks for more is to read this first. */
    synchronized boolean hasMuchHistory() {
        return waiting != null && waiting.historyBytes() > limits.bytes();
    }

    synchronized long waitingBytes() {
        return waiting == null ? 0 : waiting.bytes();
    }

    private void completed(boolean frame) {
        synchronized (this) {
            inFlight = false;
        }
        if (frame) {
            owner.sent();
        }
    }

    /** One send, of what leaves together. Who is later, the call that started it or its completion, goes on with what is next. */
    private final class Sending extends AtomicInteger implements Completion {

        private static final long serialVersionUID = 1L;
        private static final int SETTLED = 1;
        private static final int COMPLETED = 2;
        private static final int CALL_RETURNED = 4;

        private final boolean ofFrames;

        Sending(boolean ofFrames) {
            this.ofFrames = ofFrames;
        }

        void renew() {
            set(0);
        }

        @Override
        public void succeeded() {
            complete(null);
        }

        @Override
        public void failed(Throwable cause) {
            complete(Objects.requireNonNullElseGet(cause, () -> new IOException("failed without a cause")));
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
                completed(ofFrames);
            } else {
                owner.failed(cause);
            }
        }

        /** Sets one flag and tells whether another one was set before. Without a lambda, which would be one for each frame. */
        private boolean addFlag(int flag, int asked) {
            int before = get();
            while (!compareAndSet(before, before | flag)) {
                before = get();
            }
            return (before & asked) != 0;
        }
    }
}
