package io.channelbox.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread on which everything of a {@link TopicClient} happens. */
final class TopicLoop {

    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<RuntimeException> trouble;
    private volatile @Nullable Thread itself;

    /** Makes a loop that tells what its tasks throw, to nobody else. */
    TopicLoop(String name, Consumer<RuntimeException> trouble) {
        this.trouble = trouble;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            var made = new Thread(work, name);
            made.setDaemon(true);
            itself = made;
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void run(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException over) {
            // the client is closed, and nobody wants to know
        }
    }

    @Nullable
    ScheduledFuture<?> after(Duration delay, Runnable task) {
        try {
            return thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException over) {
            return null;
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                trouble.accept(e);
            }
        };
    }

    /** Runs the task after a delay, for good. */
    void later(Duration delay, Runnable task) {
        @SuppressWarnings("unused")
        Object nobodyCancelsIt = after(delay, task);
    }

    /** Asks the loop and waits for its answer; on the loop itself, and when it has ended, at once. */
    <T> T ask(Supplier<T> question) {
        if (Thread.currentThread() == itself) {
            return question.get();
        }
        try {
            return CompletableFuture.supplyAsync(question, thread).join();
        } catch (RejectedExecutionException over) {
            awaitEnd();
            return question.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw e;
        }
    }

    private void awaitEnd() {
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the client does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the client ends", e);
        }
    }

    /** Ends the loop. Called on it, so that what was to be done before is done. */
    void end() {
        thread.shutdown();
    }
}
