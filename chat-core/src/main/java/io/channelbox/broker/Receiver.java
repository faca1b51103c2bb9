package io.channelbox.broker;

import io.channelbox.message.StreamPosition;
import java.util.Optional;

/** One node's end of the broker: hands publications to the members that live here. */
public interface Receiver {

    /**
     * Takes a publication of a watched group. Publications of one group come one at a time, kept ones in the order of their
     * positions. It does not wait for sockets, does not publish, and does not throw.
     *
     * @param position where it was kept; empty when it was not
     */
    Deliveries receive(Publication publication, Optional<StreamPosition> position);

    /**
     * Lets what was received leave. A broker must call it after one call of {@link #receive} or several, when it holds no lock any more that
     * the next publication waits for: so what comes meanwhile leaves together.
     */
    void flush();
}
