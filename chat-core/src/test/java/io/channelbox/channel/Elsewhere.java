package io.channelbox.channel;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Another thread, which does something now: the caller waits, so that the interleaving is always the same. */
final class Elsewhere implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    void run(Runnable work) {
        try {
            thread.submit(work).get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
