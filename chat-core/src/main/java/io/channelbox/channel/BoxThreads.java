package io.channelbox.channel;

import java.util.Optional;
import java.util.concurrent.Executor;

/** The threads a box works on: those it was given, and for what it was not given its own, which end with it. */
final class BoxThreads implements AutoCloseable {

    private final Optional<DefaultThreads> own;
    private final TrackedExecutor executor;
    private final TrackedExecutor connectionExecutor;
    private final Scheduler scheduler;

    BoxThreads(Optional<Executor> givenExecutor, Optional<Scheduler> givenScheduler, UnfinishedWork work) {
        boolean isGivenAll = givenExecutor.isPresent() && givenScheduler.isPresent();
        this.own = isGivenAll ? Optional.empty() : Optional.of(new DefaultThreads());
        this.executor = new TrackedExecutor(
                givenExecutor.orElseGet(() -> own.orElseThrow().executor()), work);
        this.connectionExecutor = new TrackedExecutor(
                givenExecutor.orElseGet(() -> own.orElseThrow().connectionExecutor()), work);
        this.scheduler = givenScheduler.orElseGet(() -> own.orElseThrow().scheduler());
    }

    /** For callbacks of the application. */
    TrackedExecutor executor() {
        return executor;
    }

    /** For work on connections, which must go on while every consumer blocks. */
    Executor connectionExecutor() {
        return connectionExecutor;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void close() {
        own.ifPresent(DefaultThreads::close);
    }
}
