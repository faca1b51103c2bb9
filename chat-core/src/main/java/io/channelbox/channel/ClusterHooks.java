package io.channelbox.channel;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is told what other nodes tell and what becomes of them, on the box's executor. Signals come in the order in which they
 * arrived; what may block has a line of its own, so that they do not wait for it.
 */
final class ClusterHooks {

    private static final Logger log = LoggerFactory.getLogger(ClusterHooks.class);
    private static final int MOST_GONE = 100;

    private final Optional<Cluster> cluster;
    private final Line signals;
    private final Line changes;
    private final List<Consumer<Signal>> toSignals = new CopyOnWriteArrayList<>();
    private final List<Runnable> toForgotten = new CopyOnWriteArrayList<>();
    private final List<Runnable> toReconnected = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> toGone = new CopyOnWriteArrayList<>();
    // The last nodes that were gone, for listeners that come later. Used in the line of changes only.
    private final Deque<String> gone = new ArrayDeque<>();

    ClusterHooks(Optional<Cluster> cluster, Executor executor) {
        this.cluster = cluster;
        this.signals = new Line(executor);
        this.changes = new Line(executor);
    }

    Scheduler.Task onSignal(Consumer<Signal> listener) {
        return add(toSignals, listener);
    }

    Scheduler.Task onForgotten(Runnable listener) {
        return add(toForgotten, listener);
    }

    Scheduler.Task onReconnected(Runnable listener) {
        return add(toReconnected, listener);
    }

    /** Adds a listener, which is told of the nodes that were gone before it came, too. */
    Scheduler.Task onNodeGone(Consumer<String> listener) {
        changes.add(() -> {
            toGone.add(listener);
            Hooks.runAll(List.copyOf(gone), listener);
        });
        return () -> changes.add(() -> toGone.remove(listener));
    }

    private static <T> Scheduler.Task add(List<T> listeners, T listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void signalled(Signal signal) {
        signals.add(() -> Hooks.runAll(toSignals, listener -> listener.accept(signal)));
    }

    void forgotten() {
        changes.add(() -> Hooks.runAll(toForgotten));
    }

    void reconnected() {
        changes.add(() -> Hooks.runAll(toReconnected));
    }

    /** When a listener fails, or there is none, the node is not forgotten: then another node, or this one, is told of it again. */
    void nodeGone(String node) {
        changes.add(() -> {
            if (toGone.isEmpty()) {
                remember(node);
                return; // this one keeps nothing that the other has left, and another may
            }
            List<Consumer<String>> failed = new ArrayList<>(0);
            for (Consumer<String> listener : toGone) {
                try {
                    listener.accept(node);
                } catch (RuntimeException | Error e) {
                    failed.add(listener);
                    log.warn("Not all could be taken away of node {}, which is gone", node, e);
                }
            }
            if (failed.isEmpty()) {
                remember(node);
                cluster.ifPresent(all -> all.forget(node));
            }
        });
    }

    private void remember(String node) {
        gone.addLast(node);
        if (gone.size() > MOST_GONE) {
            gone.removeFirst();
        }
    }

    /** Goes on with what no thread could be found for. */
    void sweep() {
        signals.goOn();
        changes.goOn();
    }
}
