package io.channelbox.channel;

import static java.util.Objects.requireNonNull;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Cluster.Health;
import io.channelbox.broker.Signal;
import io.channelbox.event.ChatEvent;
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
 * What other nodes tell, and what becomes of them: for extensions of a box that share something with other nodes. Listeners are called on
 * the box's executor. Signals come in the order in which they arrived; what may block has a line of its own, so that they do not wait
 * for it. A box of one node hears only {@link #signalHere}. Every method may be called on any thread.
 */
public final class ClusterEvents {

    private static final Logger log = LoggerFactory.getLogger(ClusterEvents.class);
    private static final int MOST_GONE = 100;

    private final Optional<Cluster> cluster;
    private final Events events;
    private final Line signals;
    private final Line changes;
    private final List<Consumer<Signal>> toSignals = new CopyOnWriteArrayList<>();
    private final List<Runnable> toForgotten = new CopyOnWriteArrayList<>();
    private final List<Runnable> toReconnected = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> toGone = new CopyOnWriteArrayList<>();
    // The last nodes that were gone, for listeners that come later. Used in the line of changes only.
    private final Deque<String> gone = new ArrayDeque<>();

    ClusterEvents(Optional<Cluster> cluster, Executor executor, Events events) {
        this.cluster = cluster;
        this.events = events;
        this.signals = new Line(executor);
        this.changes = new Line(executor);
    }

    /**
     * Tells what other nodes tell, in the order in which it came. What is told once may be lost when this node is cut off, see
     * {@link #onReconnected}. It must not block.
     */
    public Scheduler.Task onSignal(Consumer<Signal> listener) {
        return add(toSignals, requireNonNull(listener, "listener"));
    }

    /** Tells that the others took this node for gone, or all that was shared was lost: what it had told is to be told again. It may block. */
    public Scheduler.Task onForgotten(Runnable listener) {
        return add(toForgotten, requireNonNull(listener, "listener"));
    }

    /** Tells that this node was cut off from the others for some time: their signals may have been missed. It may block. */
    public Scheduler.Task onReconnected(Runnable listener) {
        return add(toReconnected, requireNonNull(listener, "listener"));
    }

    /**
     * Tells the names of nodes that are gone, so that what they left behind in what is shared is taken away; also those of which this box
     * was told before the listener was there. One after the other; it may block. A node is forgotten when no listener failed, otherwise
     * it is told again some time, to this node or another: the same thing may be taken away twice.
     */
    public Scheduler.Task onNodeGone(Consumer<String> listener) {
        requireNonNull(listener, "listener");
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

    /** Tells the listeners of this box as if another node had told it. */
    public void signalHere(Signal signal) {
        signalled(requireNonNull(signal, "signal"));
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

    void healthChanged(Health now) {
        events.tell(now.healthy() ? new ChatEvent.ClusterRecovered() : new ChatEvent.ClusterDegraded(now.detail()));
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
        gone.remove(node);
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
