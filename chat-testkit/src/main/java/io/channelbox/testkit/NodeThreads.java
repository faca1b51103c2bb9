package io.channelbox.testkit;

import io.channelbox.channel.Scheduler;
import io.channelbox.cluster.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** One node as the operating system sees it: it can be stopped and go on, in whole or in part, or end. */
final class NodeThreads implements Threads {

    private final ManualClock clock;
    private final ManualExecutor box = new ManualExecutor();
    private final ManualExecutor deliveries = new ManualExecutor();
    private final ManualExecutor questions = new ManualExecutor();
    private final ManualExecutor pulse = new ManualExecutor();
    private final List<ManualExecutor> all = List.of(deliveries, pulse, questions, box);
    private boolean runs = true;

    NodeThreads(ManualClock clock) {
        this.clock = clock;
    }

    /** Returns where the box works. */
    ManualExecutor box() {
        return box;
    }

    @Override
    public Executor deliveries() {
        return deliveries;
    }

    @Override
    public Executor questions() {
        return questions;
    }

    @Override
    public Executor pulse() {
        return pulse;
    }

    @Override
    public void every(Duration period, Runnable tick) {
        tick(period, tick);
    }

    /** Does the same every so often, as long as the node runs. */
    Scheduler.Task tick(Duration period, Runnable work) {
        return clock.every(period, () -> {
            if (runs) {
                work.run();
                settle();
            }
        });
    }

    boolean isRunning() {
        return runs;
    }

    void stop() {
        runs = false;
        all.forEach(executor -> executor.hold(true));
    }

    void keepBoxBusy() {
        box.hold(true);
    }

    void hangQuestions() {
        questions.hold(true);
    }

    void resume() {
        runs = true;
        all.forEach(executor -> executor.hold(false));
    }

    /** Does all work that may be done. */
    void settle() {
        while (hasWork()) {
            all.forEach(ManualExecutor::runNext);
        }
    }

    boolean hasWork() {
        return all.stream().anyMatch(ManualExecutor::hasWork);
    }

    @Override
    public void close() {
        stop();
    }
}
