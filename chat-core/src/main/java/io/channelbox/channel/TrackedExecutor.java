package io.channelbox.channel;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
        } catch (RejectedExecutionException e) {
            unfinished.done();
            throw e;
        } catch (RuntimeException | Error e) { // no thread could be made, which is the same to whoever asks
            unfinished.done();
            throw new RejectedExecutionException("There is no thread for it", e);
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
