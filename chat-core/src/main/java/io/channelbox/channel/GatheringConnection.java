package io.channelbox.channel;

import io.channelbox.message.Frame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A connection that sends several waiting frames at less cost than one by one: in one write, or in one frame. Unlike others it must not tell
 * a completion twice, because one object serves many sends.
 */
public interface GatheringConnection extends Connection {

    /**
     * Starts to send these frames in their order and does not wait for the peer, as {@link #send} does for one.
     *
     * @param frames at least two, unchanging
     * @param completion told once when the last of them has left, or one has failed
     */
    void sendAll(List<Frame> frames, Completion completion);

    /**
     * Returns what does work on the thread that writes for this connection, where there is such a thread: calls of {@link #send} from there need no
     * hand-over. The same object for all connections of that thread, and always the same for a connection. Empty if all threads are alike.
     */
    default Optional<Executor> loop() {
        return Optional.empty();
    }
}
