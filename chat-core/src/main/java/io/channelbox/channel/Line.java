package io.channelbox.channel;

import io.channelbox.message.StoreException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came from other nodes and is done on an executor, one by one, in the order in which it came. Nothing is lost when the executor refuses. */
final class Line {

    private static final Logger log = LoggerFactory.getLogger(Line.class);

    private final Executor executor;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    Line(Executor executor) {
        this.executor = executor;
    }

    void add(Runnable work) {
        waiting.add(work);
        goOn();
    }

    /** Goes on with what no thread could be found for. */
    void goOn() {
        if (waiting.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) { // the sweep tries again
            busy.set(false);
        }
    }

    private void run() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            try {
                next.run();
            } catch (StoreException e) { // a node that was not forgotten is told to be gone again
                log.warn("What came from the other nodes could not be done now", e);
            } catch (RuntimeException | Error e) {
                log.error("What came from the other nodes could not be done", e);
            }
        }
        busy.set(false);
        goOn(); // for what came in between
    }
}
