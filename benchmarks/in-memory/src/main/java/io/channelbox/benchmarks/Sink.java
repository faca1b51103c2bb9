package io.channelbox.benchmarks;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.message.Frame;

/** A network that takes everything at once, counts it and keeps nothing. For one thread. */
final class Sink implements Connection {

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
    public void ping(Completion completion) {
        completion.succeeded();
    }

    @Override
    public void close(CloseStatus status) {}
}
