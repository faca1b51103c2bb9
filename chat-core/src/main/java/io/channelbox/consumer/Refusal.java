package io.channelbox.consumer;

import io.channelbox.auth.AuthResult;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.Codec;
import io.channelbox.message.Frame;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection whose peer is told that it is refused, and then closed. It never becomes a channel. */
final class Refusal implements Connection.Completion {

    private static final Logger log = LoggerFactory.getLogger(ConsumerSession.class);

    private final Connection connection;
    private final CloseStatus status;
    private final Executor executor;
    private final AtomicBoolean told = new AtomicBoolean();

    private Refusal(Connection connection, CloseStatus status, Executor executor) {
        this.connection = connection;
        this.status = status;
        this.executor = executor;
    }

    static void tell(
            ChannelConsumer<?> consumer, Connection connection, AuthResult.Rejected rejected, Executor executor) {
        var refusal =
                new Refusal(connection, new CloseStatus(rejected.reason().closeCode(), rejected.text()), executor);
        try {
            connection.send(frame(consumer, consumer.codec(), rejected), refusal);
        } catch (RuntimeException
                | Error e) { // the application's code, or a container's: the peer is refused all the same
            log.error(
                    "A peer that is refused could not be told by {}",
                    consumer.getClass().getName(),
                    e);
            refusal.close();
        }
    }

    /** Returns what the peer is told of its authentication. */
    static Frame frame(ChannelConsumer<?> consumer, Codec<?> codec, AuthResult result) {
        Object reply = consumer.authenticationReply(result);
        return codec.encode(codec instanceof BinaryCodec && !(reply instanceof byte[]) ? reply.toString() : reply);
    }

    @Override
    public void succeeded() {
        close();
    }

    @Override
    public void failed(Throwable cause) {
        close();
    }

    /** Not here, where the last send may not have returned, and closing may block. */
    private void close() {
        if (told.compareAndSet(false, true)) {
            try {
                executor.execute(() -> connection.close(status));
            } catch (RejectedExecutionException closed) {
                connection.close(status);
            }
        }
    }
}
