package io.channelbox.fake;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A connection that writes down what it is told, and behaves as badly as a test asks. */
public final class RecordingConnection implements Connection {

    /** What becomes of a send. */
    public enum Sends {
        /** It completes before the call returns. */
        AT_ONCE,
        /** It completes when the test says so. */
        LATER,
        /** It completes twice. */
        TWICE,
        /** It first completes and then reports a failure. */
        LYING,
        /** It fails before the call returns. */
        FAILING,
        /** The call throws an exception. */
        THROWING,
        /** The call throws an error. */
        THROWING_ERROR
    }

    // Guarded by this. Nothing is called while it is held.
    private final List<Frame> frames = new ArrayList<>();
    private final List<CloseStatus> closes = new ArrayList<>();
    private final ArrayDeque<Completion> open = new ArrayDeque<>();
    private Sends sends = Sends.AT_ONCE;
    private boolean answersClose = true;
    private boolean answersPings = true;
    private Consumer<CloseStatus> onEnd = status -> {};
    private Runnable onPong = () -> {};
    private int pings;

    /** Tells this channel what its transport would. */
    public RecordingConnection tell(Channel channel) {
        return tell(channel::ended, channel::heard);
    }

    public synchronized RecordingConnection tell(Consumer<CloseStatus> ended, Runnable heard) {
        onEnd = ended;
        onPong = heard;
        return this;
    }

    @Override
    public void send(Frame frame, Completion completion) {
        Sends now;
        synchronized (this) {
            now = sends;
            frames.add(frame);
            if (now == Sends.LATER) {
                open.add(completion);
            }
        }
        switch (now) {
            case AT_ONCE -> completion.succeeded();
            case LATER -> {}
            case TWICE -> {
                completion.succeeded();
                completion.succeeded();
            }
            case LYING -> {
                completion.succeeded();
                completion.failed(new IOException("and yet it failed"));
            }
            case FAILING -> completion.failed(new IOException("broken pipe"));
            case THROWING -> throw new IllegalStateException("remote endpoint is busy");
            case THROWING_ERROR -> throw new AssertionError("could not encode");
        }
    }

    @Override
    public void ping(Completion completion) {
        Runnable answer;
        boolean later;
        synchronized (this) {
            pings++;
            answer = answersPings ? onPong : () -> {};
            later = sends == Sends.LATER;
            if (later) {
                open.add(completion);
            }
        }
        answer.run(); // on a fast network the pong is there before the call returns
        if (!later) {
            completion.succeeded();
        }
    }

    @Override
    public void close(CloseStatus status) {
        Consumer<CloseStatus> told;
        synchronized (this) {
            closes.add(status);
            told = answersClose ? onEnd : ended -> {};
        }
        told.accept(status);
    }

    public synchronized RecordingConnection sending(Sends mode) {
        sends = mode;
        return this;
    }

    /** From now on closing ends nothing. */
    public synchronized RecordingConnection neverClosing() {
        answersClose = false;
        return this;
    }

    /** From now on pings are lost. */
    public synchronized RecordingConnection neverAnsweringPings() {
        answersPings = false;
        return this;
    }

    /** Completes the oldest send that has not completed. */
    public void completeNext() {
        take().succeeded();
    }

    /** Fails the oldest send that has not completed. */
    public void failNext() {
        take().failed(new IOException("connection reset"));
    }

    /** Completes sends until none is open. */
    public void completeAll() {
        while (openSends() > 0) {
            completeNext();
        }
    }

    private synchronized Completion take() {
        return open.remove();
    }

    public synchronized int openSends() {
        return open.size();
    }

    public synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    public synchronized int pings() {
        return pings;
    }

    /** Returns the statuses of all calls to close. */
    public synchronized List<CloseStatus> closes() {
        return List.copyOf(closes);
    }

    /** Returns the codes of all calls to close. */
    public List<Integer> closeCodes() {
        return closes().stream().map(CloseStatus::code).toList();
    }

    /** Returns the texts of all frames so far. */
    public List<String> texts() {
        return frames().stream().map(frame -> ((TextFrame) frame).text()).toList();
    }
}
