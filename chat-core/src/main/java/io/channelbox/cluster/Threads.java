package io.channelbox.cluster;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Where a {@link ClusterBroker} works: the default is threads of its own, and a test gives what it can move by hand. */
public interface Threads extends AutoCloseable {

    /** Returns where what arrives is handed to members. It does not wait there. */
    Executor deliveries();

    /** Returns where the backplane is asked, which may block. */
    Executor questions();

    /** Returns where it is looked whether the backplane answers, and told that this node lives: nothing else may keep these waiting. */
    Executor pulse();

    /** Runs something every so often, not two at a time, until this is closed. It does not block. */
    void every(Duration period, Runnable work);

    /** Ends the threads. */
    @Override
    void close();

    /** Returns daemon threads: as many for deliveries as there are processors, and a few that ask. */
    static Threads daemons() {
        return new DaemonThreads();
    }
}
