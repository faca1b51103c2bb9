package io.channelbox.testkit;

import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One node's end of a {@link SharedMemory}, with what may go wrong on the way: what is told to the node can come late, in another
 * order, or not at all, and the node can be cut off. Safe for use by several threads.
 */
public final class InMemoryBackplane implements Backplane {

    private record OnTheWay(long due, Consumer<Listener> what) {}

    private final SharedMemory memory;
    private final LongSupplier nanoTime;
    private final Set<GroupName> groups = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Listener listener;
    private volatile boolean reaches = true;
    private volatile boolean connected = true;
    private volatile boolean deaf;
    private volatile boolean closed;
    private volatile int deafFor;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger unansweredSubscriptions = new AtomicInteger();

    // Guarded by this, which is held while the listener is told: that is the order.
    private final ArrayDeque<OnTheWay> onTheWay = new ArrayDeque<>();
    private long delayNanos;
    private int losing;
    private @Nullable Consumer<Listener> overtaken;
    private boolean reordering;

    InMemoryBackplane(SharedMemory memory, LongSupplier nanoTime) {
        this.memory = memory;
        this.nanoTime = nanoTime;
    }

    // What may go wrong.

    /** Loses the next things that are told to this node. */
    public synchronized void loseNext(int things) {
        losing = things;
    }

    /** Takes the next things that this node publishes, and loses the answers: it cannot know that they were taken. */
    public void loseNextAnswers(int publications) {
        unanswered.set(publications);
    }

    /** Does not answer the next times that this node subscribes to groups; all else goes on. */
    public void failNextSubscriptions(int times) {
        unansweredSubscriptions.set(times);
    }

    /** Delivers the next thing that is told to this node behind the one after it. */
    public synchronized void swapNextTwo() {
        reordering = true;
    }

    /** Delivers what is told to this node so much later, see {@link #deliverDue}; zero is at once. */
    public synchronized void delay(Duration time) {
        delayNanos = time.toNanos();
    }

    /** Delivers what is late and due by now. */
    public synchronized void deliverDue() {
        while (!onTheWay.isEmpty() && nanoTime.getAsLong() - onTheWay.getFirst().due() >= 0) {
            hand(onTheWay.removeFirst().what());
        }
    }

    /** Tells this node nothing any more, though its questions are answered, until it subscribes anew. */
    public void deafen() {
        deafenFor(1);
    }

    /** Tells this node nothing any more, though its questions are answered, until it has subscribed anew so many times. */
    public void deafenFor(int subscriptions) {
        deafFor = subscriptions;
        deaf = true;
    }

    /** Neither answers nor tells anything, without a word, as a network does that drops everything. */
    public void blackOut() {
        reaches = false;
        deaf = true;
    }

    /** Neither answers nor tells anything, and the connection is known to be gone. */
    public void cutOff() {
        blackOut();
        connected = false;
        told(listener -> listener.disconnected("cut off"));
    }

    /** Answers again, and tells what comes from now on. */
    public void reconnect() {
        reaches = true;
        if (!connected) {
            connected = true;
            deaf = false;
            told(Listener::connected);
        }
    }

    private void told(Consumer<Listener> what) {
        Listener here = listener;
        if (here != null) {
            what.accept(here);
        }
    }

    // What arrives.

    synchronized void carry(GroupName group, Consumer<Listener> what) {
        if (groups.contains(group)) {
            carry(what);
        }
    }

    synchronized void carry(Consumer<Listener> what) {
        if (deaf || losing > 0) {
            losing = Math.max(0, losing - 1);
        } else if (reordering) {
            reordering = false;
            overtaken = what;
        } else {
            send(what);
            Consumer<Listener> late = overtaken;
            overtaken = null;
            if (late != null) {
                send(late);
            }
        }
    }

    private void send(Consumer<Listener> what) {
        if (delayNanos == 0 && onTheWay.isEmpty()) {
            hand(what);
        } else {
            onTheWay.addLast(new OnTheWay(nanoTime.getAsLong() + delayNanos, what));
        }
    }

    private void hand(Consumer<Listener> what) {
        if (!deaf) {
            told(what);
        }
    }

    // What the node asks.

    void requireReach() {
        if (closed) {
            throw new UnreachableException("This node is closed, or was killed");
        }
        if (!reaches) {
            throw new UnreachableException("This node is cut off");
        }
    }

    @Override
    public void start(Listener only) {
        listener = only;
    }

    @Override
    public Outcome publish(Outgoing outgoing) {
        requireReach();
        Outcome outcome = memory.publish(outgoing);
        loseAnswer(unanswered);
        return outcome;
    }

    private static void loseAnswer(AtomicInteger howMany) {
        if (howMany.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UnreachableException("The answer is lost", new TimeoutException());
        }
    }

    @Override
    public void subscribe(Collection<GroupName> more) {
        requireReach();
        loseAnswer(unansweredSubscriptions);
        groups.addAll(more);
    }

    @Override
    public void unsubscribe(Collection<GroupName> fewer) {
        requireReach();
        groups.removeAll(Set.copyOf(fewer));
    }

    @Override
    public void resubscribe() {
        requireReach();
        int left = Math.max(0, deafFor - 1);
        deafFor = left;
        deaf = left > 0;
    }

    @Override
    public Map<GroupName, StreamPosition> tops(Collection<GroupName> asked) {
        requireReach();
        Map<GroupName, StreamPosition> tops = new HashMap<>();
        asked.forEach(group -> memory.top(group).ifPresent(top -> tops.put(group, top)));
        return tops;
    }

    @Override
    public Page read(GroupName group, StreamPosition after, int limit) {
        requireReach();
        return memory.read(group, after, limit);
    }

    @Override
    public void newEpoch(GroupName group, String present) {
        requireReach();
        memory.renew(group, present);
    }

    @Override
    public History history() {
        return new SharedHistory(this, memory);
    }

    @Override
    public void rule(GroupName group, Rule rule) {
        requireReach();
        memory.rule(group, rule);
    }

    @Override
    public void tell(byte[] signal) {
        requireReach();
        memory.tell(signal);
    }

    @Override
    public void tell(GroupName group, byte[] signal) {
        requireReach();
        memory.tell(group, signal);
    }

    @Override
    public boolean alive(String node, Duration within) {
        requireReach();
        return memory.alive(node, within);
    }

    @Override
    public List<String> claimGone(Duration again) {
        requireReach();
        return memory.claimGone(again);
    }

    @Override
    public void forget(String node) {
        requireReach();
        memory.forget(node);
    }

    @Override
    public void ban(Signal.Ban ban) {
        requireReach();
        memory.ban(ban);
    }

    @Override
    public List<Signal.Ban> bans() {
        requireReach();
        return memory.bans();
    }

    @Override
    public boolean enter(String node, UserId user, int most) {
        requireReach();
        return memory.enter(node, user, most);
    }

    @Override
    public void leave(String node, UserId user) {
        requireReach();
        memory.leave(node, user);
    }

    @Override
    public void entered(String node, Map<UserId, Integer> connections) {
        requireReach();
        memory.entered(node, connections);
    }

    @Override
    public <T> Optional<T> shared(Class<T> type) {
        return memory.shared(type);
    }

    @Override
    public void ping() {
        requireReach();
    }

    @Override
    public void close() {
        closed = true;
        deaf = true;
        memory.remove(this);
    }
}
