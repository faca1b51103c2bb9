package io.channelbox.fake;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A connection that sends together what waits, and writes down what left together. For tests with one thread. */
public final class RecordingGatherer implements GatheringConnection {

    private final List<List<String>> writes = new ArrayList<>();
    private final ArrayDeque<Completion> open = new ArrayDeque<>();
    private Optional<Executor> loop = Optional.empty();
    private boolean later;
    private Runnable duringNextSend = () -> {};

    /** From now on sends complete when the test says so. */
    public RecordingGatherer completingLater() {
        later = true;
        return this;
    }

    /** Is written to by this thread, from before it is opened. */
    public RecordingGatherer on(Executor thread) {
        loop = Optional.of(thread);
        return this;
    }

    /** Does this in the middle of the next send. */
    public void duringNextSend(Runnable work) {
        duringNextSend = work;
    }

    public void completeNext() {
        open.remove().succeeded();
    }

    /** Returns the texts of each write. */
    public List<List<String>> writes() {
        return List.copyOf(writes);
    }

    @Override
    public void send(Frame frame, Completion completion) {
        write(List.of(frame), completion);
    }

    @Override
    public void sendAll(List<Frame> frames, Completion completion) {
        if (frames.size() < 2) {
            throw new IllegalArgumentException("several frames are at least two, these were " + frames);
        }
        write(frames, completion);
    }

    private void write(List<Frame> frames, Completion completion) {
        writes.add(frames.stream().map(frame -> ((TextFrame) frame).text()).toList());
        Runnable work = duringNextSend;
        duringNextSend = () -> {};
        work.run();
        if (later) {
            open.add(completion);
        } else {
            completion.succeeded();
        }
    }

    @Override
    public Optional<Executor> loop() {
        return loop;
    }

    @Override
    public void ping(Completion completion) {
        completion.succeeded();
    }

    @Override
    public void close(CloseStatus status) {}
}
