package io.channelbox.cluster;

import io.channelbox.broker.Publication;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Envelopes.Carried;
import io.channelbox.cluster.GroupStream.Arrival;
import io.channelbox.cluster.GroupStream.Next;
import io.channelbox.cluster.GroupStream.Part;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One group that this node hears: what comes goes through its {@link GroupStream}, and what that misses is read, once for the node. */
final class Watch {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final int PAGE = 500;
    private static final MessageId NO_MESSAGE = new MessageId(new UUID(0, 0));

    /** What may come in a group. */
    sealed interface Item {

        /** Something was said. */
        record Said(Carried carried) implements Item {}

        /** Another node tells something. */
        record Told(Signal signal) implements Item {}

        /** Bytes that nobody understands, which have a position all the same. */
        record Broken() implements Item {}
    }

    private final GroupName group;
    private final Backplane backplane;
    private final Lane lane;
    private final Questions questions;
    private final Malformed malformed;
    private final GroupStream.Sink<Item> sink;
    private final GroupStream<Item> stream; // used in the lane only
    private boolean reading; // in the lane only: whether somebody asks the backplane for it
    private volatile boolean started;
    private volatile boolean failed; // to be asked again
    private final AtomicBoolean toRepair = new AtomicBoolean(); // whether that waits in the lane
    private volatile boolean watched;
    private volatile long unwatchedAt;

    Watch(
            GroupName group,
            Backplane backplane,
            Lane lane,
            Questions questions,
            Malformed malformed,
            GroupStream.Sink<Item> sink) {
        this.group = group;
        this.backplane = backplane;
        this.lane = lane;
        this.questions = questions;
        this.malformed = malformed;
        this.sink = sink;
        this.stream = new GroupStream<>(sink);
    }

    GroupName group() {
        return group;
    }

    Lane lane() {
        return lane;
    }

    boolean isWatched() {
        return watched;
    }

    long unwatchedAt() {
        return unwatchedAt;
    }

    void watched() {
        watched = true;
    }

    void unwatched(long now) {
        unwatchedAt = now;
        watched = false;
    }

    boolean hasStarted() {
        return started;
    }

    void started(Optional<StreamPosition> top) {
        started = true;
        lane.add(() -> {
            if (!reading) {
                follow(stream.started(top));
            }
        });
    }

    void published(Optional<StreamPosition> position, byte[] envelope) {
        Arrival<Item> arrival;
        try {
            arrival = arrival(position, envelope);
        } catch (MalformedEnvelopeException e) {
            malformed.met(group, e);
            if (position.isEmpty()) {
                return;
            }
            arrival = broken(position.get(), envelope.length);
        }
        take(arrival);
    }

    /** Who is thrown out is so in any case, and before what is still missing is read. */
    void told(Signal signal, int size) {
        if (signal instanceof Signal.Kick) {
            var kick = new Arrival<Item>(Optional.empty(), NO_MESSAGE, size, new Item.Told(signal));
            lane.add(() -> sink.receive(kick));
            return;
        }
        take(new Arrival<>(Optional.empty(), NO_MESSAGE, size, new Item.Told(signal)));
    }

    /** Tells something to the members on this node only, whatever is missing: nobody else can be told. */
    void tellHere(Publication publication, String node) {
        var said = new Item.Said(new Carried(publication, node, false));
        lane.add(() -> sink.receive(new Arrival<>(Optional.empty(), publication.id(), 0, said)));
    }

    private void take(Arrival<Item> arrival) {
        boolean taken = lane.offer(arrival.size(), () -> {
            if (stream.arrived(arrival)) {
                follow(stream.next());
            }
        });
        if (!taken && arrival.position().isEmpty()) {
            sink.dropped(1);
        } else if (!taken && repair()) {
            log.warn("{} is heard faster than it can be told: what is missing is read", group);
        }
    }

    private Arrival<Item> arrival(Optional<StreamPosition> position, byte[] envelope) {
        Carried carried = Envelopes.read(group, envelope);
        return new Arrival<>(position, carried.publication().id(), envelope.length, new Item.Said(carried));
    }

    private static Arrival<Item> broken(StreamPosition position, int size) {
        return new Arrival<>(
                Optional.of(position), new MessageId(new UUID(0, position.offset())), size, new Item.Broken());
    }

    /** Something may have been missed. Tells whether that was not known: of many that wait in the lane, one is enough. */
    boolean repair() {
        boolean first = toRepair.compareAndSet(false, true);
        if (first) {
            lane.add(() -> {
                toRepair.set(false);
                stream.repair();
                goOnUnlessReading();
            });
        }
        return first;
    }

    private void goOnUnlessReading() {
        if (!reading) {
            follow(stream.next());
        }
    }

    /** The newest position is this: if it was not received, something was missed. */
    void compare(StreamPosition top) {
        lane.add(() -> {
            if (stream.compare(top)) {
                follow(stream.next());
            }
        });
    }

    /** Something was kept at a position, so it should have come. */
    void expect(StreamPosition kept) {
        lane.add(() -> {
            if (!kept.isAtOrBefore(stream.at()) && stream.repair()) {
                follow(stream.next());
            }
        });
    }

    /** Asks again what could not be answered. */
    void retry() {
        if (failed) {
            failed = false;
            lane.add(this::goOnUnlessReading);
        }
    }

    private void follow(Next next) {
        if (!reading && !(next instanceof Next.Done) && !(next instanceof Next.Start)) {
            reading = true;
            ask(next);
        }
    }

    private void ask(Next next) {
        questions.ask(() -> answer(next), e -> {
            Level level = e instanceof UnreachableException ? Level.DEBUG : Level.WARN; // the link tells of the first
            log.atLevel(level).log("What was missed in {} could not be read, and is asked for again", group, e);
            lane.add(() -> {
                reading = false;
                failed = true;
            });
        });
    }

    private void answer(Next next) {
        if (next instanceof Next.Read read) {
            Part<Item> part = part(backplane.read(group, read.after(), PAGE));
            lane.add(() -> goOn(() -> stream.read(part)));
        } else if (next instanceof Next.Renew renew) {
            log.warn("The history of {} was set back, and begins anew", group);
            backplane.newEpoch(group, renew.epoch());
            Map<GroupName, StreamPosition> tops = backplane.tops(List.of(group));
            lane.add(() -> goOn(() -> stream.renewed(Optional.ofNullable(tops.get(group)))));
        }
    }

    private void goOn(Supplier<Next> step) {
        reading = false;
        follow(step.get());
    }

    private Part<Item> part(Backplane.Page page) {
        return new Part<>(
                page.entries().stream().map(this::arrival).toList(), page.top(), page.more(), page.gap(), page.start());
    }

    private Arrival<Item> arrival(Backplane.Entry entry) {
        try {
            return arrival(Optional.of(entry.position()), entry.envelope());
        } catch (MalformedEnvelopeException e) {
            malformed.met(group, e);
            return broken(entry.position(), entry.envelope().length);
        }
    }
}
