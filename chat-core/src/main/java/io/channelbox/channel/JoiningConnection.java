package io.channelbox.channel;

import io.channelbox.message.Frame;
import io.channelbox.message.JoinedText;
import io.channelbox.message.TextFrame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends the messages that wait in as few text frames as they fit into, to a peer that has agreed on the subprotocol {@code channelbox.v1}. */
final class JoiningConnection implements GatheringConnection {

    private final Connection connection;
    private final JoinedFrames joined;

    JoiningConnection(Connection connection, JoinedFrames joined) {
        this.connection = connection;
        this.joined = joined;
    }

    @Override
    public void send(Frame frame, Completion completion) {
        sendOne(frame instanceof TextFrame text ? JoinedText.of(text) : frame, completion);
    }

    @Override
    public void sendAll(List<Frame> frames, Completion completion) {
        List<Frame> fewer = joined.of(frames);
        if (fewer.size() == 1) {
            sendOne(fewer.get(0), completion);
        } else if (connection instanceof GatheringConnection gathering) {
            gathering.sendAll(fewer, completion);
        } else {
            new OneByOne(connection, fewer, completion).send();
        }
    }

    @Override
    public Optional<Executor> loop() {
        return connection instanceof GatheringConnection gathering ? gathering.loop() : Optional.empty();
    }

    private void sendOne(Frame frame, Completion completion) {
        connection.send(frame, connection instanceof GatheringConnection ? completion : new Once(completion));
    }

    @Override
    public void ping(Completion completion) {
        connection.ping(completion);
    }

    @Override
    public void close(CloseStatus status) {
        connection.close(status);
    }

    /** Hands on the first that it is told: a connection that does not gather may complete a send twice. */
    private static final class Once extends AtomicBoolean implements Completion {

        private static final long serialVersionUID = 1L;

        private final transient Completion completion;

        Once(Completion completion) {
            this.completion = completion;
        }

        @Override
        public void succeeded() {
            if (!getAndSet(true)) {
                completion.succeeded();
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (!getAndSet(true)) {
                completion.failed(cause);
            }
        }
    }
}
