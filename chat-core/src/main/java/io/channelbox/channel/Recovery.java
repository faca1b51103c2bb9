package io.channelbox.channel;

import io.channelbox.message.StreamPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a member comes from the history to what is said live: without a gap, without a repeat, and without holding more than a
 * bounded number of things. Pure: it calls nothing, and whoever uses it sees to it that its inputs come one at a time.
 *
 * <p>While a page is read, what is said is held. A page that is not the last is replayed before the next is read; meanwhile what
 * is kept need not be held, since it will be on a later page. Behind the last page follows what was held. When too much is
 * kept to be held, it is given up, and one page more is read.
 */
final class Recovery<T> {

    enum State {
        /** A page is being read. */
        HOLDING,
        /** A page is on its way to the member, and another one will be read. */
        REPLAYING,
        LIVE,
        LEFT
    }

    /** What becomes of something that was said. */
    enum Verdict {
        /** It is nothing for this member, or it was told already. */
        SKIP,
        /** It comes later. */
        HELD,
        /** Hand it on. */
        PASS,
        /** It is the first one of a stream that nothing was known of: tell where that begins, then hand it on. */
        PASS_AFTER_START,
        /** Tell of {@link #loss()}, then hand it on. */
        PASS_AFTER_LOSS,
        /** More is held than can be, and there is no page to read instead. */
        TOO_MUCH
    }

    /** Something that waits. */
    record Held<T>(T what, int size, Optional<StreamPosition> position) {}

    /**
     * What is to be done with a page that was read.
     *
     * @param more whether it is replayed before another one is read; otherwise the member is live behind it
     * @param loss what was lost before it
     * @param follow what follows it
     */
    record Turn<T>(boolean more, Optional<Loss> loss, List<Held<T>> follow) {}

    private final OutboxLimits limits;
    private final boolean canReadMore;
    private final boolean follows;

    private volatile State state; // may be read by any thread
    private @Nullable StreamPosition at; // everything kept up to here was told
    private @Nullable Loss loss;
    private @Nullable ArrayDeque<Held<T>> held;
    private long heldBytes;
    private boolean gaveUp; // what was kept while this page was read
    private @Nullable StreamPosition beforeHeld; // before the first kept thing that came while this page was read
    private int dropped;

    private Recovery(State state, OutboxLimits limits, boolean canReadMore, boolean follows) {
        this.state = state;
        this.limits = limits;
        this.canReadMore = canReadMore;
        this.follows = follows;
    }

    /** Returns one that is over: a member that wants no history. */
    static <T> Recovery<T> live(OutboxLimits limits) {
        return new Recovery<>(State.LIVE, limits, false, false);
    }

    /** Returns one that waits for its only page. */
    static <T> Recovery<T> ofOnePage(OutboxLimits limits) {
        return new Recovery<>(State.HOLDING, limits, false, false);
    }

    /** Returns one that waits for its first page, of those after a position if there is one, and notices a new epoch for ever after. */
    static <T> Recovery<T> ofStream(OutboxLimits limits) {
        return new Recovery<>(State.HOLDING, limits, true, true);
    }

    State state() {
        return state;
    }

    /** Says up to where the member was told everything before it came. */
    void from(StreamPosition position) {
        at = position;
    }

    /** Returns the position up to which the member was told everything. */
    Optional<StreamPosition> at() {
        return Optional.ofNullable(at);
    }

    /** Returns what was lost before what was passed last. */
    Optional<Loss> loss() {
        return Optional.ofNullable(loss);
    }

    /** Returns how many things were dropped since the last call. */
    int takeDropped() {
        int taken = dropped;
        dropped = 0;
        return taken;
    }

    int heldCount() {
        return held == null ? 0 : held.size();
    }

    long heldBytes() {
        return heldBytes;
    }

    /** Tells whether half as much is held as can be, which is too much for what is worth something only now. */
    boolean isHalfFull() {
        return held != null && (heldBytes > limits.bytes() / 2 || held.size() >= limits.frames() / 2);
    }

    /** Something is said in the group, once live: this may be called without guard, by one thread at a time. */
    Verdict saidLive(Optional<StreamPosition> position) {
        return state == State.LEFT ? Verdict.SKIP : follow(position);
    }

    /** Something is said in the group. */
    Verdict said(T what, int size, Optional<StreamPosition> position) {
        return switch (state) {
            case LEFT -> Verdict.SKIP;
            case LIVE -> follow(position);
            case HOLDING -> hold(new Held<>(what, size, position));
            case REPLAYING -> position.isPresent() ? Verdict.HELD : hold(new Held<>(what, size, position));
        };
    }

    private Verdict follow(Optional<StreamPosition> position) {
        if (position.isEmpty() || (at == null && !follows)) {
            return Verdict.PASS;
        }
        StreamPosition next = position.get();
        StreamPosition before = at;
        if (before != null && next.isAtOrBefore(before)) {
            return Verdict.SKIP;
        }
        at = follows ? next : null; // positions only grow: the first one beyond a page settles it for good
        if (before == null) {
            return Verdict.PASS_AFTER_START;
        }
        if (!follows || next.epoch().equals(before.epoch())) {
            return Verdict.PASS;
        }
        loss = new Loss(before, Optional.of(before(next)), Loss.Cause.EPOCH);
        return Verdict.PASS_AFTER_LOSS;
    }

    /**
     * What was kept between two positions will never come. Returns what a live member that follows the stream is to be told; one that
     * is not live yet learns it from the page that is read next.
     */
    Optional<Loss> lost(StreamPosition after, StreamPosition upTo) {
        if (!follows) {
            return Optional.empty();
        }
        return switch (state) {
            case LIVE -> lostLive(after, upTo);
            case HOLDING -> {
                readOnceMore(after);
                yield Optional.empty();
            }
            case REPLAYING, LEFT -> Optional.empty();
        };
    }

    private Optional<Loss> lostLive(StreamPosition after, StreamPosition upTo) {
        StreamPosition told = at;
        if (told != null && upTo.isAtOrBefore(told)) {
            return Optional.empty();
        }
        StreamPosition from =
                told == null || told.isAtOrBefore(after) ? after : told; // what was not meant for it is no loss
        at = upTo;
        return Optional.of(Loss.between(from, upTo));
    }

    /** The page that is being read may end before what was lost, or behind it. */
    private void readOnceMore(StreamPosition after) {
        gaveUp = true;
        beforeHeld = beforeHeld == null ? after : beforeHeld;
        removeKept();
    }

    static StreamPosition before(StreamPosition position) {
        return new StreamPosition(position.epoch(), Math.max(0, position.offset() - 1));
    }

    private Verdict hold(Held<T> arrived) {
        if (isTooMuch(arrived)) {
            if (!canReadMore) {
                return Verdict.TOO_MUCH;
            }
            makeRoom(arrived);
        }
        if (!gaveUp || arrived.position().isEmpty()) {
            add(arrived);
        }
        return Verdict.HELD;
    }

    private void add(Held<T> arrived) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        held.addLast(arrived);
        heldBytes += arrived.size();
        if (beforeHeld == null && arrived.position().isPresent()) {
            beforeHeld = before(arrived.position().get());
        }
    }

    private boolean isTooMuch(Held<T> arrived) {
        return held != null
                && !held.isEmpty()
                && (heldBytes + arrived.size() > limits.bytes() || held.size() >= limits.frames());
    }

    /** What is kept can be read once more; of what is not, the oldest goes. */
    private void makeRoom(Held<T> arrived) {
        if (!gaveUp) {
            beforeHeld = beforeHeld == null
                    ? arrived.position().map(Recovery::before).orElse(null)
                    : beforeHeld;
            gaveUp = beforeHeld != null;
            removeKept();
        }
        while (arrived.position().isEmpty() && isTooMuch(arrived) && held != null) {
            heldBytes -= held.removeFirst().size();
            dropped++;
        }
    }

    private void removeKept() {
        if (held != null && held.removeIf(each -> each.position().isPresent())) {
            heldBytes = held.stream().mapToLong(Held::size).sum();
        }
    }

    /** Returns the end of a page: where nothing was known of the stream, its first message may have come meanwhile. */
    Optional<StreamPosition> endOf(Optional<StreamPosition> page) {
        return page.isPresent() || !follows ? page : Optional.ofNullable(beforeHeld);
    }

    /**
     * A page was read. Only to be called while {@link State#HOLDING}.
     *
     * @param gap whether what follows the position asked for is gone
     * @param more whether there are further pages
     * @param end up to where the page and those before it told everything, as {@link #endOf} has it
     */
    Turn<T> pageRead(boolean gap, boolean more, Optional<StreamPosition> end) {
        StreamPosition before = at;
        Optional<Loss> lost = gap && before != null ? Optional.of(Loss.after(before, end)) : Optional.empty();
        at = end.orElse(null);
        if (more || (canReadMore && (gaveUp || isOfSeveralEpochs()))) {
            removeKept();
            gaveUp = false;
            beforeHeld = null;
            state = State.REPLAYING;
            return new Turn<>(true, lost, List.of());
        }
        List<Held<T>> follow = new ArrayList<>();
        if (held != null) {
            held.stream()
                    .filter(each -> follow(each.position()) != Verdict.SKIP)
                    .forEach(follow::add);
        }
        held = null;
        heldBytes = 0;
        beforeHeld = null;
        state = State.LIVE; // last: who finds it live must find the rest too
        return new Turn<>(false, lost, follow);
    }

    /** Something held is of another epoch than the page: only a further page tells which of them is the older. */
    private boolean isOfSeveralEpochs() {
        StreamPosition end = at;
        return held != null
                && end != null
                && held.stream()
                        .flatMap(each -> each.position().stream())
                        .anyMatch(position -> !position.epoch().equals(end.epoch()));
    }

    /** The page has left. Tells whether the next one is to be read now: the one after {@link #at()}. */
    boolean pageLeft() {
        if (state != State.REPLAYING) {
            return false;
        }
        state = State.HOLDING;
        return true;
    }

    void leave() {
        state = State.LEFT;
        held = null;
        heldBytes = 0;
    }
}
