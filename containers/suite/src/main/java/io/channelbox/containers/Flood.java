package io.channelbox.containers;

import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that sends numbered messages, as fast as they are taken from it. */
final class Flood {

    /** More than fits into the buffers of all sockets on the way. */
    static final int MESSAGES = 32_000;

    private static final String PADDING = " " + "x".repeat(1_000);

    private final AtomicInteger sent = new AtomicInteger();
    private final CompletableFuture<Void> sending;

    private Flood(RawClient client) {
        sending = CompletableFuture.runAsync(() -> send(client), work -> new Thread(work, "flood").start());
    }

    static Flood of(RawClient client) {
        return new Flood(client);
    }

    private void send(RawClient client) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                client.send(i + PADDING);
                sent.incrementAndGet();
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns how many messages have been taken from it. */
    int sent() {
        return sent.get();
    }

    /** Waits until it has sent everything, or was closed. */
    void end() throws Exception {
        sending.get(Client.SECONDS, TimeUnit.SECONDS);
    }
}
