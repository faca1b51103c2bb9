package io.channelbox.benchmarks.nodes;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import java.util.List;
import java.util.function.Consumer;

/** A network that takes everything at once, and hands it to whoever counts. */
final class Sink implements GatheringConnection {

    private final Consumer<Frame> taker;

    Sink(Consumer<Frame> taker) {
        this.taker = taker;
    }

    /** A network that nobody looks at. */
    static Sink unseen() {
        return new Sink(frame -> {});
    }

    @Override
    public void send(Frame frame, Completion completion) {
        taker.accept(frame);
        completion.succeeded();
    }

    @Override
    public void sendAll(List<Frame> all, Completion completion) {
        all.forEach(taker);
        completion.succeeded();
    }

    @Override
    public void ping(Completion completion) {
        completion.succeeded();
    }

    @Override
    public void close(CloseStatus status) {}
}
