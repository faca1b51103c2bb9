package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The generator's one thread: whoever calls {@link #run} is it. */
final class EventLoop implements AutoCloseable {

    private final Selector selector = Selector.open();
    private final ReadBuffer buffer = new ReadBuffer();
    private final Counters counters = new Counters();

    EventLoop() throws IOException {}

    Selector selector() {
        return selector;
    }

    Counters counters() {
        return counters;
    }

    /** Serves all connections until the deadline, or until it is done. Each turn begins with the task. */
    void run(long deadline, BooleanSupplier done, Runnable task) throws IOException {
        while (!done.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            task.run();
            selector.select(
                    key -> ((Connection) key.attachment()).onReady(buffer, counters),
                    Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    /** Lets the loop's thread begin another turn. */
    void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
