package io.channelbox.channel;

import io.channelbox.message.Times;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks channels to close, a few at a time, and tells each client when to come back: so that the nodes that stay see a slope
 * and not a cliff.
 */
final class Draining {

    private static final Duration STEP = Duration.ofMillis(50);
    private static final long NANOS_PER_CHANNEL = 1_000_000;
    private static final Duration SHORTEST_SPREAD = Duration.ofSeconds(1);

    /** So many are no burden to anybody, and are asked at once. */
    private static final int AT_ONCE = 100;

    private final BoxConfig config;
    private final Duration longest;
    private final long began;
    private volatile List<Channel> channels = List.of();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Scheduler.@Nullable Task steps;

    /** Asks nobody yet. */
    Draining(BoxConfig config, Duration patience) {
        this.config = config;
        this.longest = shorter(config.drainOver(), patience.dividedBy(2));
        this.began = config.nanoTime().getAsLong();
    }

    /** Asks these channels: the first ones now, and the others when their time comes. */
    void start(Collection<Channel> some, Scheduler scheduler) {
        channels = some.stream().filter(Channel::isOpen).toList();
        step();
        if (!isDone()) {
            steps = scheduler.every(STEP, this::step);
        }
    }

    /** Returns what a client is told now that there is no staying. */
    CloseStatus farewell() {
        long spread = shorter(config.returnSpread(), longer(SHORTEST_SPREAD, byNumber()))
                .toMillis();
        return CloseStatus.GOING_AWAY.retryIn(
                Duration.ofMillis((long) (config.random().getAsDouble() * spread)));
    }

    private boolean isDone() {
        return asked.get() == channels.size();
    }

    private void step() {
        int due = due(config.nanoTime().getAsLong() - began);
        for (int next = asked.get(); next < due; next = asked.get()) {
            if (asked.compareAndSet(next, next + 1)) {
                channels.get(next).close(farewell());
            }
        }
        Scheduler.Task going = steps;
        if (going != null && isDone()) {
            going.cancel();
        }
    }

    /** Returns how many are to have been asked by now. */
    private int due(long elapsed) {
        int all = channels.size();
        long over = Times.nanos(shorter(longest, byNumber()));
        if (all <= AT_ONCE || elapsed >= over) {
            return all;
        }
        return (int) Math.min(all, AT_ONCE + (long) ((double) elapsed / over * all));
    }

    private Duration byNumber() {
        return Duration.ofNanos(NANOS_PER_CHANNEL * channels.size());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
