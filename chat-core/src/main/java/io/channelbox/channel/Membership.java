package io.channelbox.channel;

import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One channel in one group, from joining to leaving. While the history of the group is read for a joiner, what is said
 * meanwhile is held; then it follows the history, less what the history told already. Joining again makes a new
 * membership, so what is late for the old one hits nothing.
 */
final class Membership {

    private enum State {
        HOLDING,
        LIVE,
        LEFT
    }

    private record Held(Frame frame, Optional<StreamPosition> position, OverflowPolicy policy) {}

    private final Channel channel;
    private final GroupName group;
    private final boolean topic;

    // Written under this. Read without it by deliveries, which look again under it unless the membership is live.
    private volatile State state;
    // Up to where the history told everything; written before the membership is live, and by deliveries, which come one
    // at a time.
    private volatile @Nullable StreamPosition told;
    // Guarded by this. Never held while calling the connection.
    private @Nullable ArrayDeque<Held> held;
    private long heldBytes;
    // Guarded by this, and run without it; null until there is one.
    private @Nullable List<Runnable> leaveHooks;

    private Membership(Channel channel, GroupName group, State state, boolean topic) {
        this.channel = channel;
        this.group = group;
        this.state = state;
        this.topic = topic;
    }

    static Membership live(Channel channel, GroupName group) {
        return new Membership(channel, group, State.LIVE, false);
    }

    static Membership holding(Channel channel, GroupName group) {
        return new Membership(channel, group, State.HOLDING, false);
    }

    static Membership holdingInTopic(Channel channel, GroupName group) {
        return new Membership(channel, group, State.HOLDING, true);
    }

    Channel channel() {
        return channel;
    }

    GroupName group() {
        return group;
    }

    /** Tells whether the peer is told the topic of what it gets by this membership. */
    boolean isTopic() {
        return topic;
    }

    /** Hands a frame to the channel, or holds it. Empty when the channel has left, or the history told it already. */
    Optional<SendResult> deliver(Frame frame, Optional<StreamPosition> position, OverflowPolicy policy) {
        if (state == State.LIVE) {
            return wasTold(position)
                    ? Optional.empty()
                    : Optional.of(withTrailer(channel.offer(frame, policy), policy));
        }
        Optional<Frame> passed = channel.intercepted(frame);
        return passed.isEmpty()
                ? Optional.of(SendResult.QUEUED)
                : holdOrHandOn(new Held(passed.get(), position, policy));
    }

    private Optional<SendResult> holdOrHandOn(Held arrived) {
        boolean tooMuch = false;
        synchronized (this) {
            if (state == State.LEFT) {
                return Optional.empty();
            }
            if (state == State.HOLDING) {
                tooMuch = isTooMuch(arrived.frame());
                if (!tooMuch) {
                    hold(arrived);
                    return Optional.of(SendResult.QUEUED);
                }
            }
        }
        if (tooMuch) {
            channel.overflow(arrived.frame().size());
            return Optional.of(SendResult.CLOSED);
        }
        return wasTold(arrived.position())
                ? Optional.empty()
                : Optional.of(withTrailer(channel.outbox().offer(arrived.frame(), arrived.policy()), arrived.policy()));
    }

    private SendResult withTrailer(SendResult result, OverflowPolicy policy) {
        if (result == SendResult.QUEUED && channel.trailer().isPresent()) {
            channel.offer(channel.trailer().get(), policy);
        }
        return result;
    }

    private boolean isTooMuch(Frame frame) {
        OutboxLimits limits = channel.limits();
        return held != null && (heldBytes + frame.size() > limits.bytes() || held.size() >= limits.frames());
    }

    private void hold(Held arrived) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        held.addLast(arrived);
        heldBytes += arrived.frame().size();
    }

    /**
     * Queues what the history told, then what was held and the history did not tell, and is live from then on.
     *
     * @param history frames that have passed the interceptors
     * @param upTo the position up to which the history told everything
     */
    void goLive(List<Frame> history, Optional<StreamPosition> upTo) {
        synchronized (this) {
            if (state != State.HOLDING) {
                return;
            }
            told = upTo.orElse(null); // before it is live: who finds it live must find this too
            channel.outbox().putHistory(history);
            if (held != null) {
                held.stream().filter(each -> !wasTold(each.position())).forEach(each -> {
                    channel.outbox().put(each.frame(), each.policy());
                    channel.trailer().ifPresent(trailer -> channel.outbox().put(trailer, each.policy()));
                });
            }
            held = null;
            state = State.LIVE;
        }
        channel.outbox().drain();
    }

    /**
     * Tells whether a kept message was in the history already: it is appended a moment before it is delivered, and who
     * joins in that moment reads it first. Positions only grow, so the first one beyond settles it for good.
     */
    private boolean wasTold(Optional<StreamPosition> position) {
        StreamPosition upTo = told;
        if (upTo == null || position.isEmpty()) {
            return false;
        }
        if (position.get().isAtOrBefore(upTo)) {
            return true;
        }
        told = null;
        return false;
    }

    /** Keeps a hook for the end of this membership; false when it has ended. */
    synchronized boolean onLeave(Runnable hook) {
        if (state == State.LEFT) {
            return false;
        }
        if (leaveHooks == null) {
            leaveHooks = new ArrayList<>(1);
        }
        leaveHooks.add(hook);
        return true;
    }

    /** Ends it, and returns the hooks, which are to be run without any lock. */
    synchronized List<Runnable> leave() {
        state = State.LEFT;
        held = null;
        List<Runnable> hooks = leaveHooks == null ? List.of() : leaveHooks;
        leaveHooks = null;
        return hooks;
    }
}
