package io.channelbox.benchmarks;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import java.util.List;

/** A network that takes everything at once, counts it and keeps nothing. For one thread. */
final class Sink implements GatheringConnection {

    private long frames;

    long frames() {
        return frames;
    }

    @Override
    public void send(Frame frame, Completion completion) {
        frames++;
        completion.succeeded();
    }

    @Override
    public void sendAll(List<Frame> all, Completion completion) {
        frames += all.size();
        completion.succeeded();
    }

    @Override
    public void ping(Completion completion) {
        completion.succeeded();
    }

    @Override
    public void close(CloseStatus status) {}
}
