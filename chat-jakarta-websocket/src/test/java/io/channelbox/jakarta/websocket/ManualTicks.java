package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ticks when told. */
final class ManualTicks implements Scheduler {

    private final List<Runnable> works = new ArrayList<>();

    @Override
    public Task every(Duration period, Runnable work) {
        works.add(work);
        return () -> works.remove(work);
    }

    boolean isOn() {
        return !works.isEmpty();
    }

    void tick() {
        List.copyOf(works).forEach(Runnable::run);
    }

    void tickTwice() {
        tick();
        tick();
    }
}
