package io.channelbox.jakarta.websocket;

import io.channelbox.consumer.ConsumerSession;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Slows peers down that send faster than their consumers work: it lets the container's thread wait that reads from them. No more
 * than a few at a time, because the container needs them for everybody else.
 */
final class Brake {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore threads;

    Brake(int threads) {
        this.threads = new Semaphore(threads);
    }

    /**
     * Waits for a busy consumer, on a thread like that of the handshake. Whoever finds no thread to spare goes on, and is
     * closed when the backlog is full.
     */
    void hold(ConsumerSession session, ThreadKind ofHandshake) {
        if (session.isBusy() && ofHandshake.equals(ThreadKind.ofThisThread()) && threads.tryAcquire()) {
            try {
                session.awaitRoom(PATIENCE);
            } finally {
                threads.release();
            }
        }
    }
}
