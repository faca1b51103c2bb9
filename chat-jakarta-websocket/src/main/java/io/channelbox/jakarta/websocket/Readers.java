package io.channelbox.jakarta.websocket;

import io.channelbox.consumer.ConsumerSession;
import io.channelbox.message.Frame;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The container's threads that read from peers, as far as they may be kept: a consumer works on the thread that brought its
 * message, which costs no hand-over, and who is sent more than its consumer works off is read from no further. No more than a few at a
 * time, because the container needs them for everybody else.
 */
final class Readers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore spare;
    private final Semaphore forWork;

    /** A quarter of them may be kept for as long as a callback takes, which may be long; the others only wait for some seconds. */
    Readers(int spare) {
        this.spare = new Semaphore(spare);
        this.forWork = new Semaphore(Math.max(1, spare / 4));
    }

    /**
     * Hands a message to its consumer and keeps a thread like that of the handshake for it. Without a thread to spare
     * the executor does the work, and a peer that sends too fast is closed when the backlog is full. What a closed one still sends takes
     * no thread from the others. A consumer that never blocks works on any thread.
     */
    void deliver(Frame frame, ConsumerSession session, ThreadKind ofHandshake) {
        if (!session.channel().isOpen() || !ofHandshake.isOfThisThread() || !spare.tryAcquire()) {
            handOnWithoutBlocking(frame, session);
            return;
        }
        try {
            handOn(frame, session);
            if (session.isBusy()) {
                session.awaitRoom(PATIENCE);
            }
        } finally {
            spare.release();
        }
    }

    private void handOn(Frame frame, ConsumerSession session) {
        if (!forWork.tryAcquire()) {
            handOnWithoutBlocking(frame, session);
            return;
        }
        try {
            session.receiveHere(frame);
        } finally {
            forWork.release();
        }
    }

    private static void handOnWithoutBlocking(Frame frame, ConsumerSession session) {
        if (session.neverBlocks()) {
            session.receiveHere(frame);
        } else {
            session.receive(frame);
        }
    }
}
