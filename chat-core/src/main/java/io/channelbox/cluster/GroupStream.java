package io.channelbox.cluster;

import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One group as one node receives it: in the order of its positions, nothing twice, and what did not come is read from where it is kept.
 * Pure: it calls nothing but its sink, and whoever uses it sees to it that its inputs come one at a time.
 *
 * <p>While something is missing, what comes is held. It is read from one position before the last, so that another message there
 * tells that the stream was set back: by a failover that lost its end, say. Then it gets a new epoch, and what is in it is compared
 * with what was received, to tell from where on it is another.
 *
 * @param <T> what is received
 */
final class GroupStream<T> {

    /** The position of a stream that nothing is known of. */
    static final StreamPosition NOTHING = new StreamPosition("", 0);

    private static final int MOST_HELD = 10_000;
    private static final long MOST_HELD_BYTES = 16 << 20;

    enum State {
        /** Where the stream stands is to be read. */
        STARTING,
        FOLLOWING,
        /** What comes behind the last position is to be read. */
        REPAIRING,
        /** The stream has another epoch, and what it has in common with what was received is to be read. */
        COMPARING
    }

    /** What is to be done next. */
    sealed interface Next {

        /** Nothing: all that is known of was received. */
        record Done() implements Next {}

        /** To read where the stream stands, and nothing of it. */
        record Start() implements Next {}

        /** To read what comes after a position. */
        record Read(StreamPosition after) implements Next {}

        /** To give the stream another epoch than this one, and then to read where it stands. */
        record Renew(String epoch) implements Next {}
    }

    /** Something that came, or was read. */
    record Arrival<T>(Optional<StreamPosition> position, MessageId id, int size, T what) {}

    /** A part of the stream that was read. */
    record Part<T>(
            List<Arrival<T>> arrivals,
            Optional<StreamPosition> top,
            boolean more,
            boolean gap,
            Optional<StreamPosition> start) {}

    /** Takes what was received, in its order. */
    interface Sink<T> {

        void receive(Arrival<T> arrival);

        void lost(StreamPosition after, StreamPosition upTo);

        /** So many things that are not kept came, and are not received: too many had to wait. */
        void dropped(int things);
    }

    private final Sink<T> sink;
    private final RecentIds ids = new RecentIds();
    private final ArrayDeque<Arrival<T>> held = new ArrayDeque<>(0);
    private long heldBytes;
    private boolean missedHeld; // something that was kept could not be held: it is read
    private int covered; // how many of them had come before the last reading began: it knows of them
    private boolean overlapping; // whether what is read begins with what was received last
    private StreamPosition comparedFrom = NOTHING;
    private StreamPosition common = NOTHING; // up to where what was compared so far is the same

    // Some of what was received at positions that mean nothing any more: it may be in the stream all the same.
    private final Set<MessageId> told = new LinkedHashSet<>(0);
    private boolean isNew = true; // nothing was ever known of the stream to be lost

    private State state = State.STARTING;
    private StreamPosition at = NOTHING;

    GroupStream(Sink<T> sink) {
        this.sink = sink;
    }

    State state() {
        return state;
    }

    /** Returns up to where everything was received. */
    StreamPosition at() {
        return at;
    }

    /** Something came. Returns whether something is missing now that was not before: somebody is to {@link #next}. */
    boolean arrived(Arrival<T> arrival) {
        if (state != State.FOLLOWING) {
            hold(arrival);
            return false;
        }
        boolean missing = follow(arrival, false);
        if (missing) {
            hold(arrival);
        }
        return missing;
    }

    private boolean follow(Arrival<T> arrival, boolean wasHeld) {
        if (arrival.position().isEmpty()) {
            sink.receive(arrival);
            return false;
        }
        StreamPosition position = arrival.position().get();
        if (isNext(position)) {
            receive(arrival, position);
            return false;
        }
        if (isRepeated(position, arrival.id(), wasHeld)) {
            return false;
        }
        return repair();
    }

    private boolean isNext(StreamPosition position) {
        boolean first = isNew && at.equals(NOTHING) && position.offset() == 1;
        return first || (position.epoch().equals(at.epoch()) && position.offset() == at.offset() + 1);
    }

    /** What was held while the stream was read and compared is as old as it says; else another message there is news. */
    private boolean isRepeated(StreamPosition position, MessageId id, boolean wasHeld) {
        if (!position.epoch().equals(at.epoch()) || position.offset() > at.offset()) {
            return false;
        }
        Optional<MessageId> known = ids.at(position.offset());
        return known.isPresent() ? known.get().equals(id) : wasHeld;
    }

    private void receive(Arrival<T> arrival, StreamPosition position) {
        at = position;
        ids.add(position.offset(), arrival.id());
        if (!told.remove(arrival.id())) {
            sink.receive(arrival);
        }
    }

    /** Something may be missing. Returns whether that was not known: somebody is to {@link #next}. */
    boolean repair() {
        if (state != State.FOLLOWING) {
            missedHeld = true;
            return false;
        }
        state = State.REPAIRING;
        overlapping = ids.at(at.offset()).isPresent();
        return true;
    }

    /** The newest position was read. Returns whether something is missing: somebody is to {@link #next}. */
    boolean compare(StreamPosition top) {
        return state == State.FOLLOWING && !top.equals(at) && repair();
    }

    /** Something is to be read that was not read so far; for who looks again after a failure too. */
    Next next() {
        covered = held.size();
        return switch (state) {
            case STARTING -> new Next.Start();
            case FOLLOWING -> new Next.Done();
            case REPAIRING -> new Next.Read(overlapping ? new StreamPosition(at.epoch(), at.offset() - 1) : at);
            case COMPARING -> new Next.Read(common);
        };
    }

    /** It was read where the stream stands. */
    Next started(Optional<StreamPosition> top) {
        if (state == State.STARTING) {
            at = top.orElse(NOTHING);
            return followHeld();
        }
        return next();
    }

    /** What {@link Next.Read} asked for was read. */
    Next read(Part<T> part) {
        return switch (state) {
            case STARTING, FOLLOWING -> next(); // somebody else was faster
            case REPAIRING -> part.gap() ? acrossGap(part) : onward(part);
            case COMPARING -> part.gap() ? compareFrom(part) : compared(part);
        };
    }

    /** The stream has another epoch now, perhaps because somebody else was faster to give it one. */
    Next renewed(Optional<StreamPosition> top) {
        return top.isEmpty() || top.get().epoch().equals(at.epoch())
                ? next()
                : compareFrom(top.get(), new StreamPosition(top.get().epoch(), 0));
    }

    private Next onward(Part<T> part) {
        if (part.top().filter(at::isAtOrBefore).isEmpty()) {
            return new Next.Renew(at.epoch());
        }
        boolean overlap = overlapping;
        for (Arrival<T> arrival : part.arrivals()) {
            StreamPosition position = arrival.position().orElseThrow();
            if (overlap && position.offset() == at.offset()) {
                if (!ids.at(at.offset()).equals(Optional.of(arrival.id()))) {
                    return new Next.Renew(at.epoch());
                }
            } else if (position.offset() == at.offset() + 1) {
                receive(arrival, position);
            }
        }
        overlapping = false;
        return part.more() ? next() : followHeld();
    }

    private Next acrossGap(Part<T> part) {
        if (part.top().isEmpty()) { // all was lost, and nothing was said since
            at = NOTHING;
            isNew = false;
            forgetIds();
            return followHeld();
        }
        StreamPosition top = part.top().get();
        StreamPosition start = part.start().orElse(top);
        if (!top.epoch().equals(at.epoch())) {
            return compareFrom(top, start);
        }
        if (top.offset() < at.offset()) {
            return new Next.Renew(at.epoch());
        }
        if (start.offset() <= at.offset()) { // only what was to be compared is gone
            overlapping = false;
            return next();
        }
        lose(start);
        return next();
    }

    private Next compareFrom(Part<T> part) {
        if (part.top().isEmpty()) {
            state = State.REPAIRING;
            return acrossGap(part);
        }
        return compareFrom(part.top().get(), part.start().orElse(part.top().get()));
    }

    private Next compareFrom(StreamPosition top, StreamPosition start) {
        state = State.COMPARING;
        long from = Math.min(Math.max(start.offset(), ids.beforeFirst()), top.offset());
        comparedFrom = new StreamPosition(top.epoch(), at.equals(NOTHING) ? start.offset() : from);
        common = comparedFrom;
        return next();
    }

    private Next compared(Part<T> part) {
        boolean same = true;
        for (Arrival<T> arrival : part.arrivals()) {
            StreamPosition position = arrival.position().orElseThrow();
            same = ids.at(position.offset()).equals(Optional.of(arrival.id()));
            if (!same) {
                break;
            }
            common = position;
        }
        if (same && part.more()) {
            return next();
        }
        if (at.equals(NOTHING)) {
            begin();
        } else if (common.equals(comparedFrom) && !part.start().equals(Optional.of(comparedFrom))) {
            lose(part.top().orElse(common)); // what is before may be known or not: nothing is told twice
        } else {
            lose(common);
        }
        state = State.REPAIRING;
        overlapping = false;
        return next();
    }

    /** Of a new stream, what was said and is gone before anything of it came is lost too. */
    private void begin() {
        at = common;
        if (isNew && common.offset() > 0) {
            sink.lost(new StreamPosition(common.epoch(), 0), common);
        }
    }

    private void lose(StreamPosition upTo) {
        StreamPosition from = at;
        at = upTo;
        forgetIds();
        overlapping = false;
        sink.lost(from, upTo);
    }

    private void forgetIds() {
        told.addAll(ids.all());
        for (Iterator<MessageId> oldest = told.iterator(); told.size() > RecentIds.MOST; ) {
            oldest.next();
            oldest.remove();
        }
        ids.clear();
    }

    /**
     * All that could be read was: what came meanwhile follows, and what it shows to be missing is read again; not what was there before
     * the reading and is ahead of it, for that is not kept any more.
     */
    private Next followHeld() {
        state = State.FOLLOWING;
        for (int left = held.size(); left > 0; left--, covered--) {
            Arrival<T> next = held.removeFirst();
            heldBytes -= next.size();
            if (state != State.FOLLOWING) {
                hold(next);
            } else if ((covered <= 0 || isInPlace(next)) && follow(next, true)) {
                hold(next);
            }
        }
        if (missedHeld) {
            missedHeld = false;
            repair();
        }
        return next();
    }

    private boolean isInPlace(Arrival<T> arrival) {
        return arrival.position().isEmpty() || isNext(arrival.position().get());
    }

    private void hold(Arrival<T> arrival) {
        if (held.size() >= MOST_HELD || heldBytes + arrival.size() > MOST_HELD_BYTES) {
            makeRoom();
        }
        held.addLast(arrival);
        heldBytes += arrival.size();
    }

    /** What is kept can be read; of what is not, the oldest half goes. */
    private void makeRoom() {
        missedHeld |= held.removeIf(each -> each.position().isPresent());
        int dropped = held.size() / 2;
        for (int left = dropped; left > 0; left--) {
            held.removeFirst();
        }
        sink.dropped(dropped);
        heldBytes = held.stream().mapToLong(Arrival::size).sum();
        covered = 0;
    }

    int held() {
        return held.size();
    }
}
