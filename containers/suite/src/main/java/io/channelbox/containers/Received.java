package io.channelbox.containers;

import io.channelbox.channel.CloseStatus;
import io.channelbox.message.Frame;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a client has got. */
final class Received {

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();

    void add(Frame frame) {
        frames.add(frame);
    }

    void end(CloseStatus status) {
        closed.complete(status);
    }

    Frame next() throws InterruptedException {
        Frame frame = frames.poll(Client.SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("No message came in " + Client.SECONDS + " s"
                    + (closed.isDone() ? ", and the connection was closed with " + closed.join() : ""));
        }
        return frame;
    }

    CloseStatus closed() throws Exception {
        return closed.get(Client.SECONDS, TimeUnit.SECONDS);
    }
}
