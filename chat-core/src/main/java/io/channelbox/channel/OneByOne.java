package io.channelbox.channel;

import io.channelbox.channel.Connection.Completion;
import io.channelbox.message.Frame;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Several frames for a connection that takes one at a time. Used by one thread at a time: whoever is later, the call that
 * started a send or its completion, goes on with the next frame.
 */
final class OneByOne {

    private final Connection connection;
    private final Iterator<Frame> rest;
    private final Completion whole;

    OneByOne(Connection connection, List<Frame> frames, Completion whole) {
        this.connection = connection;
        this.rest = frames.iterator();
        this.whole = whole;
    }

    /** Sends what is left. Loops while sends complete at once: completing must never recurse into sending. */
    void send() {
        while (rest.hasNext()) {
            var sending = new Sending();
            try {
                connection.send(rest.next(), sending);
            } catch (Throwable broken) { // as in the outbox: containers throw both for a connection that failed
                sending.failed(broken);
            }
            if (sending.isLeftToTheCompletion()) {
                return;
            }
        }
        whole.succeeded();
    }

    private enum State {
        STARTED,
        CALL_RETURNED,
        SUCCEEDED,
        FAILED
    }

    /** One send. Only the first that its completion is told counts. */
    private final class Sending implements Completion {

        private final AtomicReference<State> state = new AtomicReference<>(State.STARTED);

        @Override
        public void succeeded() {
            if (!state.compareAndSet(State.STARTED, State.SUCCEEDED)
                    && state.compareAndSet(State.CALL_RETURNED, State.SUCCEEDED)) {
                send();
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (state.compareAndSet(State.STARTED, State.FAILED)
                    || state.compareAndSet(State.CALL_RETURNED, State.FAILED)) {
                whole.failed(cause);
            }
        }

        /** Told by the call that started the send when it has returned. */
        boolean isLeftToTheCompletion() {
            return state.compareAndSet(State.STARTED, State.CALL_RETURNED) || state.get() == State.FAILED;
        }
    }
}
