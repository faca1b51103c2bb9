package io.channelbox.channel;

import io.channelbox.codec.Codec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The members of a group at one moment, in the order they joined, and one codec of each format they speak. It knows, besides, whether
 * frames wait for them that somebody is still to send: see {@link Flusher}.
 */
final class Snapshot {

    static final Snapshot EMPTY = new Snapshot(List.of(), List.of());

    private static final int IDLE = 0;
    private static final int READY = 1;
    private static final int DRAINING = 2;
    private static final int AGAIN = 3;
    private static final int STATE = 3;
    private static final int ONE_MORE = 4;

    private final List<Membership> members;
    private final List<Codec<?>> codecs;
    // One of the states, and above it how many broadcasts have come since the last drain began.
    private final AtomicInteger waiting = new AtomicInteger();

    private Snapshot(List<Membership> members, List<Codec<?>> codecs) {
        this.members = members;
        this.codecs = codecs;
    }

    static Snapshot of(Iterable<Membership> members) {
        List<Membership> all = new ArrayList<>();
        Map<String, Codec<?>> codecs = new LinkedHashMap<>();
        for (Membership member : members) {
            all.add(member);
            codecs.putIfAbsent(
                    member.channel().codec().format(), member.channel().codec());
        }
        return new Snapshot(List.copyOf(all), List.copyOf(codecs.values()));
    }

    List<Membership> members() {
        return members;
    }

    List<Codec<?>> codecs() {
        return codecs;
    }

    /** A broadcast was queued for the members. Tells whether they are now to be lined up for a drain: nobody has done so yet. */
    boolean queued() {
        int before = waiting.getAndUpdate(now -> (now + ONE_MORE) | ((now & STATE) == DRAINING ? AGAIN : READY));
        return (before & STATE) == IDLE;
    }

    /** Returns how many broadcasts have come since the last drain began. */
    int behind() {
        return waiting.get() >>> 2;
    }

    /** Whoever took this out of the line begins. */
    void drainBegins() {
        waiting.set(DRAINING);
    }

    /** Tells whether something came meanwhile, and this is to be lined up again. */
    boolean drainEnds() {
        int before = waiting.getAndUpdate(now -> (now & STATE) == AGAIN ? now - AGAIN + READY : IDLE);
        return (before & STATE) == AGAIN;
    }
}
