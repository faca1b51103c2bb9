package io.channelbox.containers;

import java.net.URI;

/** A container that runs. */
public interface TestServer extends AutoCloseable {

    /** Returns the port it listens on, on the loopback address. */
    int port();

    /** Stops the container as an application would: in order, with its connections open. */
    void stop() throws Exception;

    @Override
    default void close() {
        try {
            stop();
        } catch (Exception e) {
            throw new IllegalStateException("The container did not stop", e);
        }
    }

    /** Returns the address of a path. */
    default URI at(String rawPathAndQuery) {
        return URI.create("ws://localhost:" + port() + rawPathAndQuery);
    }
}
