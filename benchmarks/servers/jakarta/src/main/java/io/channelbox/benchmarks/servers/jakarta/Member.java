package io.channelbox.benchmarks.servers.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** A session, and what waits for it: one text is on its way at a time. A session that is too far behind is closed. */
final class Member implements SendHandler {

    private static final int MOST_WAITING = 8192;

    private final Session session;

    // How many texts may be sent now. Only who made it 1 sends, so that a result that comes at once is no recursion.
    private final AtomicInteger turns = new AtomicInteger();

    // Guarded by this.
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean sending;
    private boolean closed;

    Member(Session session) {
        this.session = session;
    }

    void send(String text) {
        switch (offer(text)) {
            case FIRST -> sendNext();
            case FULL -> close();
            default -> {}
        }
    }

    private enum Offer {
        FIRST,
        WAITS,
        FULL
    }

    private synchronized Offer offer(String text) {
        if (closed) {
            return Offer.WAITS;
        }
        if (waiting.size() == MOST_WAITING) {
            return Offer.FULL;
        }
        waiting.add(text);
        if (sending) {
            return Offer.WAITS;
        }
        sending = true;
        return Offer.FIRST;
    }

    private void sendNext() {
        if (turns.getAndIncrement() > 0) {
            return;
        }
        do {
            take().ifPresent(this::start);
        } while (turns.decrementAndGet() > 0);
    }

    private void start(String text) {
        try {
            session.getAsyncRemote().sendText(text, this);
        } catch (RuntimeException gone) {
            close();
        }
    }

    private synchronized Optional<String> take() {
        Optional<String> next = Optional.ofNullable(waiting.poll());
        sending = next.isPresent();
        return next;
    }

    @Override
    public void onResult(SendResult result) {
        if (result.isOK()) {
            sendNext();
        } else {
            close();
        }
    }

    void close() {
        takeNoMore();
        try {
            session.close(new CloseReason(CloseCodes.TRY_AGAIN_LATER, "too slow"));
        } catch (IOException gone) {
            // It was to be closed.
        }
    }

    private synchronized void takeNoMore() {
        closed = true;
        waiting.clear();
    }
}
