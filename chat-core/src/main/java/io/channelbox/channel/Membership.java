package io.channelbox.channel;

import io.channelbox.broker.Delivery;
import io.channelbox.channel.Recovery.Held;
import io.channelbox.channel.Recovery.State;
import io.channelbox.channel.Recovery.Turn;
import io.channelbox.channel.Recovery.Verdict;
import io.channelbox.codec.Content;
import io.channelbox.codec.Envelope;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One channel in one group, from joining to leaving. What is said to the group passes through its {@link Recovery}, which
 * knows what of it the history tells. Joining again makes a new membership, so what is late for the old one hits nothing.
 */
final class Membership {

    /** What was said, and what follows it, as the interceptors have let them pass. */
    private record Said(Frame frame, Optional<Frame> trailer, Terms terms) {}

    private final Channel channel;
    private final GroupName group;
    private final @Nullable StreamWords words;

    // Guarded by this, but for what is said while it is live: what is kept of that comes one at a time, and the rest
    // changes
    // nothing here. Never held while calling the connection.
    private final Recovery<Said> recovery;
    // Written under this when all that comes first is queued: whoever finds it set goes on without the lock.
    private volatile boolean live;
    // Guarded by this, and run without it; null until there is one.
    private @Nullable List<Runnable> leaveHooks;

    private Membership(Channel channel, GroupName group, Recovery<Said> recovery, @Nullable StreamWords words) {
        this.channel = channel;
        this.group = group;
        this.recovery = recovery;
        this.words = words;
        this.live = recovery.state() == State.LIVE;
    }

    static Membership live(Channel channel, GroupName group) {
        return new Membership(channel, group, Recovery.live(channel.limits()), null);
    }

    static Membership holding(Channel channel, GroupName group) {
        return new Membership(channel, group, Recovery.ofOnePage(channel.limits()), null);
    }

    /** Returns a member that holds what is said, and is told of its stream in these words. */
    static Membership ofTopic(Channel channel, GroupName group, StreamWords words) {
        return new Membership(channel, group, Recovery.ofStream(channel.limits()), words);
    }

    Channel channel() {
        return channel;
    }

    GroupName group() {
        return group;
    }

    /** Tells whether the peer is told the topic of what it gets by this membership. */
    boolean isTopic() {
        return words != null;
    }

    /** Queues a frame for the channel, or holds it. Somebody is to drain the channel's outbox then; only when much waits it is done here. */
    Outcome deliver(Frame frame, Optional<StreamPosition> position, Terms terms) {
        if (live) {
            Verdict verdict = recovery.saidLive(position);
            return verdict == Verdict.SKIP ? Outcome.NOT_MEANT : pass(frame, verdict, position, terms);
        }
        Frame passed = channel.intercepted(frame);
        Optional<Frame> trailer = channel.trailer().flatMap(each -> Optional.ofNullable(channel.intercepted(each)));
        return passed == null ? Outcome.QUEUED : deliverPassed(new Said(passed, trailer, terms), position);
    }

    private Outcome pass(Frame frame, Verdict verdict, Optional<StreamPosition> position, Terms terms) {
        tellBefore(verdict, position, terms);
        Frame passed = channel.intercepted(frame);
        return passed == null ? Outcome.QUEUED : put(passed, terms);
    }

    private Outcome put(Frame passed, Terms terms) {
        SendResult result = channel.outbox().put(passed, terms);
        if (channel.outbox().isPressed()) {
            channel.outbox().drain(); // before a burst is too much for a member that reads
        }
        if (result == SendResult.QUEUED && channel.trailer().isPresent()) {
            putIntercepted(channel.trailer().get(), terms.ofTrailer());
        }
        return Outcome.of(result);
    }

    private void putIntercepted(Frame frame, Terms terms) {
        Frame passed = channel.intercepted(frame);
        if (passed != null) {
            channel.outbox().put(passed, terms);
        }
    }

    private Outcome deliverPassed(Said said, Optional<StreamPosition> position) {
        Verdict verdict;
        int dropped;
        boolean isEphemeral = said.terms().delivery().kind() == Delivery.Kind.EPHEMERAL;
        synchronized (this) {
            verdict = isEphemeral && recovery.isHalfFull()
                    ? Verdict.TOO_MUCH
                    : recovery.said(said, said.frame().size(), position);
            dropped = recovery.takeDropped();
        }
        if (dropped > 0) {
            channel.omitted(new Omitted(dropped, 0, 0));
        }
        return switch (verdict) {
            case SKIP -> Outcome.NOT_MEANT;
            case HELD -> Outcome.QUEUED;
            case TOO_MUCH -> {
                if (isEphemeral) {
                    channel.omitted(new Omitted(0, 0, 1));
                    yield Outcome.DROPPED;
                }
                channel.overflow(said.frame().size());
                yield Outcome.CLOSED;
            }
            case PASS, PASS_AFTER_START, PASS_AFTER_LOSS -> {
                tellBefore(verdict, position, said.terms());
                yield put(said.frame(), said.terms());
            }
        };
    }

    private void tellBefore(Verdict verdict, Optional<StreamPosition> position, Terms terms) {
        if (words == null || verdict == Verdict.PASS) {
            return;
        }
        Terms ofWord = Terms.message(terms.overflow());
        if (verdict == Verdict.PASS_AFTER_LOSS) {
            putIntercepted(framed(words.lost(recovery.loss().orElseThrow())), ofWord);
        } else if (verdict == Verdict.PASS_AFTER_START && words.follows()) {
            var start = new StreamStart(position.map(Recovery::before), false, Optional.empty());
            putIntercepted(framed(words.started(start)), ofWord);
        }
    }

    /** Tells a member that follows its stream what of it will never come. Tells whether something was queued. */
    boolean lost(StreamPosition after, StreamPosition upTo, Terms terms) {
        if (words == null) {
            return false;
        }
        Optional<Loss> loss;
        if (live) {
            loss = recovery.lost(after, upTo);
        } else {
            synchronized (this) {
                loss = recovery.lost(after, upTo);
            }
        }
        loss.ifPresent(told -> putIntercepted(framed(words.lost(told)), terms));
        return loss.isPresent();
    }

    /** Returns the frame of something said in the topic. */
    Frame framed(Object word) {
        return framed(word, Envelope.NONE.topic(group.value()));
    }

    Frame framed(Object word, Envelope envelope) {
        return channel.codec().wrap(Content.of(word).in(channel.codec()), envelope);
    }

    /** Says up to where the member was told everything before it joined. */
    synchronized void startAfter(StreamPosition position) {
        recovery.from(position);
    }

    /**
     * Queues a page of the history: the last one, and behind it what was held and the history did not tell, after which the
     * membership is live; or one of several.
     *
     * @param frames makes the frames of a page that begins like this; they have passed the interceptors
     * @param whenLeft told when the page has left and the next one is to be read
     */
    void replay(Page page, Function<Beginning, List<Frame>> frames, Runnable whenLeft) {
        boolean queued = false;
        while (!queued) {
            Beginning beginning;
            synchronized (this) {
                beginning = beginningOf(page);
            }
            queued = queue(
                    page, beginning, frames.apply(beginning), whenLeft); // the application's code: no lock is held
        }
        channel.outbox().drain();
    }

    private Beginning beginningOf(Page page) {
        return new Beginning(
                recovery.endOf(page.end()),
                page.gap() ? recovery.at().map(at -> Loss.after(at, page.end())) : Optional.empty());
    }

    /** Queues a page, unless the stream has begun since its frames were made. */
    private synchronized boolean queue(Page page, Beginning beginning, List<Frame> frames, Runnable whenLeft) {
        if (recovery.state() != State.HOLDING) {
            return true;
        }
        if (!beginning.equals(beginningOf(page))) {
            return false;
        }
        Turn<Said> turn = recovery.pageRead(page.gap(), page.more(), beginning.end());
        if (turn.more()) {
            channel.outbox().putHistory(frames, whenLeft);
        } else {
            channel.outbox().putHistory(frames);
            turn.follow().forEach(this::putBehind);
            live = true;
        }
        return true;
    }

    /** What is known when a page is told: up to where it tells everything, and what was lost before it. */
    record Beginning(Optional<StreamPosition> end, Optional<Loss> loss) {}

    private void putBehind(Held<Said> held) {
        Said said = held.what();
        if (channel.outbox().put(said.frame(), said.terms()) == SendResult.QUEUED) {
            said.trailer()
                    .ifPresent(trailer ->
                            channel.outbox().put(trailer, said.terms().ofTrailer()));
        }
    }

    /** What the recovery has to know of a page. */
    record Page(boolean gap, boolean more, Optional<StreamPosition> end) {}

    /** The page before has left. Returns the position after which the next one is to be read, if it is. */
    synchronized Optional<StreamPosition> nextPage() {
        return recovery.pageLeft() ? recovery.at() : Optional.empty();
    }

    /** Keeps a hook for the end of this membership; false when it has ended. */
    synchronized boolean onLeave(Runnable hook) {
        if (recovery.state() == Recovery.State.LEFT) {
            return false;
        }
        if (leaveHooks == null) {
            leaveHooks = new ArrayList<>(1);
        }
        leaveHooks.add(hook);
        return true;
    }

    /** Keeps a hook no longer. */
    synchronized void forget(Runnable hook) {
        if (leaveHooks != null) {
            leaveHooks.remove(hook);
        }
    }

    /** Tells how many hooks wait for its end. */
    synchronized int leaveHooks() {
        return leaveHooks == null ? 0 : leaveHooks.size();
    }

    /** Lets nothing through any more that is said. It is to be ended. */
    synchronized void silence() {
        recovery.leave();
    }

    /** Ends it, and returns the hooks, which are to be run without any lock. */
    synchronized List<Runnable> leave() {
        recovery.leave();
        List<Runnable> hooks = leaveHooks == null ? List.of() : leaveHooks;
        leaveHooks = null;
        return hooks;
    }
}
