package io.channelbox.channel;

import io.channelbox.message.Frame;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for one connection, in the order in which they came, and what is left out of them where too much waits.
 * Used by one thread at a time, and calls nobody.
 */
final class WaitingFrames {

    private static final int LARGEST_KEPT = 64;

    /** Up to so many bytes the box is not asked for room, and beyond it for so many at a time. */
    private static final long FREE = 16 * 1024;

    /** What became of a frame. */
    enum Taken {
        QUEUED,
        DROPPED,
        /** It does not fit, and the channel is to be closed for it. */
        TOO_MUCH
    }

    /** A state or something ephemeral, which may not live to see its turn: it comes when this many messages have gone before. */
    private record Passing(Frame frame, long turn, boolean ephemeral) {}

    /** The end of a history, which has left when so many messages have gone. */
    private record HistoryEnd(long turn, int frames, long bytes, Runnable left) {}

    private final OutboxLimits limits;
    private final Quota quota;
    private final BooleanSupplier isSlow;
    private long taken; // of the quota
    private final ArrayDeque<Frame> messages = new ArrayDeque<>(4);
    private long gone; // messages that were here
    private @Nullable Map<Object, Passing> passing; // by key, in the order of their turns; most channels never have any
    private @Nullable ArrayDeque<HistoryEnd> historyEnds;
    private int ephemeral;
    private long bytes;
    private long historyBytes; // of what waits, not counted against the limits: the query has bounded it
    private int historyFrames;
    private long forgotten; // the history that left with the messages up to this one is counted no more
    private int most;
    private int dropped;
    private int coalesced;
    private int ephemeralDropped;

    /**
     * Makes one in which nothing waits.
     *
     * @param isSlow whether the connection has not taken a frame for a while: only then is room in the box refused
     */
    WaitingFrames(OutboxLimits limits, Quota quota, BooleanSupplier isSlow) {
        this.limits = limits;
        this.quota = quota;
        this.isSlow = isSlow;
    }

    int size() {
        return passing == null ? messages.size() : messages.size() + passing.size();
    }

    boolean isEmpty() {
        return passing == null && messages.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /** Returns the bytes of histories that are not known to have left. */
    long historyBytes() {
        return historyBytes;
    }

    /** Tells whether a quarter of what may wait does. */
    boolean isMuch() {
        return bytes - historyBytes > limits.bytes() / 4 || size() - historyFrames > limits.frames() / 4;
    }

    /** Tells whether much room was needed, which is worth giving back. */
    boolean isLarge() {
        return most > LARGEST_KEPT;
    }

    /** Takes a message, if it fits or the policy makes room for it. */
    Taken add(Frame frame, OverflowPolicy policy) {
        Taken taken = makeRoom(frame, null, policy);
        if (taken == Taken.QUEUED) {
            addMessage(frame);
        }
        return taken;
    }

    Taken add(Frame frame, Terms terms) {
        return switch (terms.delivery().kind()) {
            case MESSAGE -> add(frame, terms.overflow());
            case STATE -> addState(frame, terms.key(), terms.overflow());
            case EPHEMERAL -> addEphemeral(frame);
        };
    }

    /** Takes what is not counted against the limits. */
    void addHistory(Frame frame) {
        addMessage(frame);
        historyBytes += frame.size();
        historyFrames++;
    }

    /** Takes a history, and what is to be told when it has left. */
    void addHistory(List<Frame> frames, Runnable left) {
        frames.forEach(this::addHistory);
        historyEnds = historyEnds == null ? new ArrayDeque<>(2) : historyEnds;
        long size = frames.stream().mapToLong(Frame::size).sum();
        historyEnds.addLast(new HistoryEnd(gone + messages.size(), frames.size(), size, left));
    }

    /** Tells whether there is a history of which somebody is to be told that it has left. */
    boolean hasHistoryEnds() {
        return historyEnds != null;
    }

    /** Returns what is to be told of a history that has left, once for each. */
    @Nullable
    Runnable pollHistoryEnd() {
        if (historyEnds == null || historyEnds.getFirst().turn() > gone) {
            return null;
        }
        HistoryEnd end = historyEnds.removeFirst();
        historyEnds = historyEnds.isEmpty() ? null : historyEnds;
        if (end.turn() > forgotten) {
            historyBytes = Math.max(0, historyBytes - end.bytes());
            historyFrames = Math.max(0, historyFrames - end.frames());
        }
        return end.left();
    }

    /** Returns the frame whose turn it is. */
    @Nullable
    Frame poll() {
        Frame next = passing == null ? null : pollPassing(passing);
        if (next == null) {
            next = messages.pollFirst();
            if (next == null) {
                return null;
            }
            gone++;
        }
        bytes -= next.size();
        forgetHistoryIfEmpty();
        return next;
    }

    boolean hasOmitted() {
        return dropped + coalesced + ephemeralDropped > 0;
    }

    /** Returns what was left out since this was asked last. */
    Omitted takeOmitted() {
        var omitted = new Omitted(dropped, coalesced, ephemeralDropped);
        dropped = 0;
        coalesced = 0;
        ephemeralDropped = 0;
        return omitted;
    }

    private void addMessage(Frame frame) {
        messages.addLast(frame);
        added(frame);
    }

    private void added(Frame frame) {
        bytes += frame.size();
        most = Math.max(most, size());
    }

    /** At the end, not in the place of the older one: a state must not overtake what was said before it. */
    private Taken addState(Frame frame, Object key, OverflowPolicy policy) {
        Taken taken = makeRoom(frame, key, policy);
        if (taken == Taken.QUEUED) {
            Passing older = passing == null ? null : passing.remove(key);
            if (older != null) {
                bytes -= older.frame.size();
                coalesced++;
            }
            addPassing(key, new Passing(frame, gone + messages.size(), false));
        }
        return taken;
    }

    private Taken addEphemeral(Frame frame) {
        if (!isEmpty()
                && (bytes + frame.size() > limits.bytes() / 2 + historyBytes
                        || size() >= limits.frames() / 2 + historyFrames)) {
            ephemeralDropped++;
            return Taken.DROPPED;
        }
        addPassing(new Object(), new Passing(frame, gone + messages.size(), true));
        ephemeral++;
        return Taken.QUEUED;
    }

    private void addPassing(Object key, Passing one) {
        if (passing == null) {
            passing = new LinkedHashMap<>();
        }
        passing.put(key, one);
        added(one.frame);
    }

    private Taken makeRoom(Frame frame, @Nullable Object key, OverflowPolicy policy) {
        if (!isTooMuch(frame, key)) {
            return Taken.QUEUED;
        }
        dropEphemeral();
        while (isTooMuch(frame, key)) {
            switch (policy) {
                case CLOSE -> {
                    return Taken.TOO_MUCH;
                }
                case DROP_NEWEST -> {
                    dropped++;
                    return Taken.DROPPED;
                }
                case DROP_OLDEST -> {
                    poll();
                    dropped++;
                }
            }
        }
        return Taken.QUEUED;
    }

    /** A frame that nothing waits before is never too much. What waits with the same key does not count: it goes. */
    private boolean isTooMuch(Frame frame, @Nullable Object key) {
        Passing older = key == null || passing == null ? null : passing.get(key);
        int frames = older == null ? size() : size() - 1;
        long waiting = older == null ? bytes : bytes - older.frame.size();
        return frames > 0
                && (waiting + frame.size() > limits.bytes() + historyBytes
                        || frames >= limits.frames() + historyFrames
                        || !hasRoomInTheBox(waiting + frame.size() - historyBytes));
    }

    private boolean hasRoomInTheBox(long all) {
        long missing = all - FREE - taken;
        if (missing <= 0) {
            return true;
        }
        long more = Math.max(missing, FREE);
        if (!quota.take(more)) {
            return !isSlow
                    .getAsBoolean(); // what is slow has used it up, and is not to cost the others their connections
        }
        taken += more;
        return true;
    }

    private void giveBackRoom() {
        if (taken > 0) {
            quota.giveBack(taken);
            taken = 0;
        }
    }

    /** Nothing of what waits will leave. */
    void forget() {
        giveBackRoom();
    }

    private void dropEphemeral() {
        if (passing == null || ephemeral == 0) {
            return;
        }
        Iterator<Passing> each = passing.values().iterator();
        while (each.hasNext()) {
            Passing next = each.next();
            if (next.ephemeral) {
                each.remove();
                bytes -= next.frame.size();
            }
        }
        ephemeralDropped += ephemeral;
        ephemeral = 0;
        forgetIfEmpty(passing);
        forgetHistoryIfEmpty();
    }

    private @Nullable Frame pollPassing(Map<Object, Passing> some) {
        Iterator<Passing> each = some.values().iterator();
        Passing first = each.next();
        if (first.turn > gone) {
            return null;
        }
        each.remove();
        if (first.ephemeral) {
            ephemeral--;
        }
        forgetIfEmpty(some);
        return first.frame;
    }

    private void forgetHistoryIfEmpty() {
        if (isEmpty()) {
            historyBytes = 0;
            historyFrames = 0;
            forgotten = gone;
            giveBackRoom();
        }
    }

    private void forgetIfEmpty(Map<Object, Passing> some) {
        if (some.isEmpty()) {
            passing = null;
        }
    }
}
