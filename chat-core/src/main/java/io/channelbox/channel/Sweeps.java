package io.channelbox.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a box does about once a second: what its parts need, then what others have asked for. */
final class Sweeps {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final List<Runnable> ofParts;
    private final List<Runnable> ofOthers = new CopyOnWriteArrayList<>();

    Sweeps(List<Runnable> ofParts) {
        this.ofParts = List.copyOf(ofParts);
    }

    Scheduler.Task begin(Scheduler scheduler) {
        return scheduler.every(PERIOD, () -> {
            Hooks.runAll(ofParts); // a scheduler drops for good what throws
            Hooks.runAll(ofOthers);
        });
    }

    /** Runs this too, until it is cancelled. */
    Scheduler.Task add(Runnable work) {
        ofOthers.add(work);
        return () -> ofOthers.remove(work);
    }
}
