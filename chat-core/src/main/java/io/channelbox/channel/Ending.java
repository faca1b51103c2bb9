package io.channelbox.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one channel ends: with the status that was asked for first, once, and then its callbacks run. Used by any thread. */
final class Ending {

    private static final Logger log = LoggerFactory.getLogger(Channel.class);

    private final Channel channel;

    // Guarded by this, but whether it was asked for is read without. Callbacks are run without it.
    private volatile @Nullable CloseStatus asked;
    private @Nullable CloseStatus ended;
    private @Nullable List<Consumer<CloseStatus>> callbacks = new ArrayList<>(1);

    Ending(Channel channel) {
        this.channel = channel;
    }

    /** Tells whether this was the first to ask. */
    synchronized boolean ask(CloseStatus status) {
        Objects.requireNonNull(status, "status");
        if (asked != null) {
            return false;
        }
        asked = status;
        return true;
    }

    boolean isAsked() {
        return asked != null;
    }

    /** Returns what was asked for first, once somebody has. */
    CloseStatus status() {
        return Objects.requireNonNull(asked);
    }

    /** The channel, which was asked to close, has. Returns with what; empty when that had happened before. */
    synchronized Optional<CloseStatus> end() {
        if (ended != null) {
            return Optional.empty();
        }
        ended = status();
        return Optional.of(ended);
    }

    /** Runs a callback with the others, or at once when they have run. */
    void onEnd(Consumer<CloseStatus> callback) {
        CloseStatus status;
        synchronized (this) {
            if (callbacks != null) {
                callbacks.add(callback);
                return;
            }
            status = Objects.requireNonNull(ended);
        }
        run(callback, status);
    }

    void runCallbacks(CloseStatus status) {
        List<Consumer<CloseStatus>> all;
        synchronized (this) {
            all = Objects.requireNonNull(callbacks);
            callbacks = null;
        }
        all.forEach(callback -> run(callback, status));
    }

    private void run(Consumer<CloseStatus> callback, CloseStatus status) {
        try {
            callback.accept(status);
        } catch (RuntimeException | Error e) { // the others still run
            log.error("A close callback of {} failed", channel, e);
        }
    }
}
