package io.channelbox.channel;

import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes work on, counts it, and survives what it throws. */
final class TrackedExecutor implements Executor {

    private static final Logger log = LoggerFactory.getLogger(TrackedExecutor.class);

    private final Executor executor;
    private final UnfinishedWork unfinished;

    TrackedExecutor(Executor executor, UnfinishedWork unfinished) {
        this.executor = executor;
        this.unfinished = unfinished;
    }

    @Override
    public void execute(Runnable work) {
        unfinished.begun();
        try {
            executor.execute(() -> runAndCount(work));
        } catch (RuntimeException | Error e) { // refused, or no thread could be made
            unfinished.done();
            throw e;
        }
    }

    /** Does work on the calling thread as it is done on the executor's. */
    void runHere(Runnable work) {
        unfinished.begun();
        runAndCount(work);
    }

    private void runAndCount(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            log.error("Work of the box failed", e);
        } finally {
            unfinished.done();
        }
    }
}
