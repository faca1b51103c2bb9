package io.channelbox.channel;

import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.ArrayDeque;
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

    private record Held(Frame frame, Optional<StreamPosition> position) {}

    private final Channel channel;
    private final GroupName group;

    // Written under this. Read without it by deliveries, which look again under it unless the membership is live.
    private volatile State state;
    // Guarded by this. Never held while calling the connection.
    private @Nullable ArrayDeque<Held> held;
    private long heldBytes;

    private Membership(Channel channel, GroupName group, State state) {
        this.channel = channel;
        this.group = group;
        this.state = state;
    }

    static Membership live(Channel channel, GroupName group) {
        return new Membership(channel, group, State.LIVE);
    }

    static Membership holding(Channel channel, GroupName group) {
        return new Membership(channel, group, State.HOLDING);
    }

    Channel channel() {
        return channel;
    }

    GroupName group() {
        return group;
    }

    /** Hands a frame to the channel, or holds it. Empty when the channel has left the group. */
    Optional<SendResult> deliver(Frame frame, Optional<StreamPosition> position, OverflowPolicy policy) {
        if (state == State.LIVE) {
            return Optional.of(channel.offer(frame, policy));
        }
        synchronized (this) {
            if (state == State.HOLDING) {
                return Optional.of(hold(frame, position));
            }
        }
        return state == State.LEFT ? Optional.empty() : Optional.of(channel.offer(frame, policy));
    }

    private SendResult hold(Frame frame, Optional<StreamPosition> position) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        OutboxLimits limits = channel.limits();
        if (heldBytes + frame.size() > limits.bytes() || held.size() >= limits.frames()) {
            channel.closeSoon(CloseStatus.TOO_SLOW);
            return SendResult.CLOSED;
        }
        held.addLast(new Held(frame, position));
        heldBytes += frame.size();
        return SendResult.QUEUED;
    }

    /**
     * Queues what the history told, then what was held and the history did not tell, and is live from then on.
     *
     * @param told the position up to which the history told everything
     */
    void goLive(List<Frame> history, Optional<StreamPosition> told) {
        synchronized (this) {
            if (state != State.HOLDING) {
                return;
            }
            history.forEach(channel::put);
            if (held != null) {
                held.stream().filter(each -> !isTold(each, told)).forEach(each -> channel.put(each.frame()));
            }
            held = null;
            state = State.LIVE;
        }
        channel.drain();
    }

    private static boolean isTold(Held each, Optional<StreamPosition> told) {
        return told.isPresent()
                && each.position().isPresent()
                && each.position().get().isAtOrBefore(told.get());
    }

    synchronized void leave() {
        state = State.LEFT;
        held = null;
    }
}
