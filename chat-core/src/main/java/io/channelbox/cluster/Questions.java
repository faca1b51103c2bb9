package io.channelbox.cluster;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Asks the backplane on threads that may wait for it; and not at all while it answers nothing, or what waits would wait for ever. */
final class Questions {

    private final Executor executor;
    private final Link link;

    Questions(Executor executor, Link link) {
        this.executor = executor;
        this.link = link;
    }

    /** Asks something, and tells when that failed, whatever it was. */
    void ask(Runnable question, Consumer<Throwable> failed) {
        executor.execute(() -> {
            try {
                link.asking("Nothing was asked", question);
            } catch (RuntimeException | Error e) {
                failed.accept(e);
            }
        });
    }
}
