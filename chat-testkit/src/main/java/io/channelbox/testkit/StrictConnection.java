package io.channelbox.testkit;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.message.Frame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that WebSocket containers are known to do to a caller, in one connection: overlapping sends are refused and
 * remembered (Tomcat), completions come inside the call, late, twice or never (Undertow, Tomcat, Tyrus), a completion says
 * that all is well of a frame that was lost (Undertow), sends throw errors that are no exceptions (Tyrus), closing tells of the close
 * before it returns (Tomcat, Undertow), blocks for many seconds (Tomcat) or is never heard of (Tyrus). What happens to each send is the test's to say. Safe for use by
 * several threads.
 */
public final class StrictConnection implements Connection {

    /** What happens to a send. */
    public enum Sending {
        /** The frame arrives and the send completes inside the call. */
        AT_ONCE,
        /** The frame arrives and the send completes when the test says so, or not at all. */
        LATE,
        /** The frame arrives and the send completes twice inside the call. */
        TWICE,
        /** The send completes well and the frame is lost; every later send fails. */
        LYING,
        /** The send fails by its completion. */
        FAILING,
        /** The send throws an exception. */
        THROWING,
        /** The send throws an error that is no exception. */
        THROWING_ERROR
    }

    /** What happens to a close. */
    public enum Closing {
        /** The channel is told inside the call. */
        INSIDE,
        /** The channel is told when the test says so, or not at all. */
        LATE,
        /** The call does not return, and tells nothing, until the test says so. */
        BLOCKING
    }

    private final CountDownLatch blocking = new CountDownLatch(1);
    private final Supplier<Sending> sending;
    private final Closing closing;

    // Guarded by this. Nothing is called while it is held.
    private final List<Frame> arrived = new ArrayList<>();
    private final ArrayDeque<Completion> incomplete = new ArrayDeque<>();
    private final List<CloseStatus> closes = new ArrayList<>();
    private final List<String> misuses = new ArrayList<>();
    private boolean inFlight;
    private boolean broken;
    private int pings;
    private @Nullable Consumer<CloseStatus> onClose;

    private StrictConnection(Supplier<Sending> sending, Closing closing) {
        this.sending = Objects.requireNonNull(sending, "sending");
        this.closing = Objects.requireNonNull(closing, "closing");
    }

    /** Returns a connection to which every send is treated alike, and which tells of a close inside the call. */
    public static StrictConnection that(Sending always) {
        return new StrictConnection(() -> always, Closing.INSIDE);
    }

    /** Returns a connection which asks at each send what is to happen to it. */
    public static StrictConnection that(Supplier<Sending> each, Closing closing) {
        return new StrictConnection(each, closing);
    }

    /** Says whom a close is told: the channel's {@code ended}, or the session's {@code closed}. */
    public synchronized StrictConnection tell(Consumer<CloseStatus> ended) {
        onClose = Objects.requireNonNull(ended, "ended");
        return this;
    }

    @Override
    public void send(Frame frame, Completion completion) {
        Sending what = sending.get();
        synchronized (this) {
            if (inFlight) {
                misuses.add("a send while another one was under way");
                throw new IllegalStateException("The remote endpoint was in state [TEXT_FULL_WRITING]");
            }
            if (broken) {
                what = Sending.FAILING;
            }
            switch (what) {
                case AT_ONCE, TWICE -> arrived.add(frame);
                case LATE -> {
                    arrived.add(frame);
                    inFlight = true;
                    incomplete.add(completion);
                }
                case LYING, FAILING, THROWING, THROWING_ERROR -> broken = true;
            }
        }
        finish(what, completion);
    }

    private static void finish(Sending what, Completion completion) {
        switch (what) {
            case AT_ONCE, LYING -> completion.succeeded();
            case TWICE -> {
                completion.succeeded();
                completion.succeeded();
            }
            case FAILING -> completion.failed(new IOException("broken pipe"));
            case THROWING -> throw new IllegalStateException("the session has been closed");
            case THROWING_ERROR -> throw new AssertionError("a character could not be encoded");
            case LATE -> {}
        }
    }

    @Override
    public void ping(Completion completion) {
        synchronized (this) {
            if (inFlight) {
                misuses.add("a ping while a send was under way");
            }
            pings++;
        }
        completion.succeeded();
    }

    @Override
    public void close(CloseStatus status) {
        synchronized (this) {
            closes.add(status);
            broken = true;
        }
        switch (closing) {
            case INSIDE -> tellClosed(status);
            case BLOCKING -> {
                block();
                tellClosed(status);
            }
            case LATE -> {}
        }
    }

    private void block() {
        try {
            blocking.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the closes that block return. */
    public void letClosesReturn() {
        blocking.countDown();
    }

    /** Completes the send that is under way, and tells whether there was one. */
    public boolean completeNext() {
        Completion next;
        synchronized (this) {
            next = incomplete.poll();
            if (next == null) {
                return false;
            }
            inFlight = false;
        }
        next.succeeded();
        return true;
    }

    /** Completes sends until none is under way. */
    public void completeAll() {
        while (completeNext()) {
            // the next one may have begun
        }
    }

    /** Tells that the connection is closed, as the container does when it feels like it. */
    public void tellClosed(CloseStatus status) {
        Consumer<CloseStatus> told;
        synchronized (this) {
            broken = true;
            told = onClose;
        }
        if (told != null) {
            told.accept(status);
        }
    }

    /** Returns the frames that have arrived, oldest first. */
    public synchronized List<Frame> arrived() {
        return List.copyOf(arrived);
    }

    /** Returns the closes that were asked for, oldest first. */
    public synchronized List<CloseStatus> closes() {
        return List.copyOf(closes);
    }

    /** Returns the number of pings. */
    public synchronized int pings() {
        return pings;
    }

    /** Returns what was done to this connection that a container would not have stood. */
    public synchronized List<String> misuses() {
        return List.copyOf(misuses);
    }
}
