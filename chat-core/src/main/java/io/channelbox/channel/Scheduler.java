package io.channelbox.channel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does work again and again. The box asks for one short task every second, and for another every 50 ms while many silent peers are to be pinged. */
@FunctionalInterface
public interface Scheduler {

    /** Runs the work each time the period has passed, until the task is cancelled. The work does not throw and does not block. */
    Task every(Duration period, Runnable work);

    /** Work that goes on until it is cancelled. */
    @FunctionalInterface
    interface Task {

        /** Ends it. A run that has begun may still finish. */
        void cancel();
    }

    /** Returns a scheduler that uses an executor of yours, which is never shut down. */
    static Scheduler of(ScheduledExecutorService executor) {
        return (period, work) -> {
            Future<?> task =
                    executor.scheduleWithFixedDelay(work, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
            return () -> task.cancel(false);
        };
    }
}
