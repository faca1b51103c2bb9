package io.channelbox.cluster;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.GroupStream.Arrival;
import io.channelbox.cluster.OwnPublications.Own;
import io.channelbox.cluster.Watch.Item;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker of one node of several. What is published goes to the {@link Backplane}, and is told here when it comes back from there,
 * like at every other node: so all members everywhere see one order per group. What does not come is read from where it is kept,
 * once for the node, and told in its place.
 *
 * <p>{@link #publish} returns when the publication was taken by the backplane, and told to the members on this node if it came back
 * within a moment; its deliveries are those of this node. Conditions and variations of the options are functions, which do not
 * travel: what has a condition is told on this node only.
 */
public final class ClusterBroker implements Broker {

    private static final Logger log = LoggerFactory.getLogger(ClusterBroker.class);
    private static final int LANES = 64;
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int VERIFIED_IN_TICKS = 80;

    private final Backplane backplane;
    private final Threads threads;
    private final Unreachable whenUnreachable;
    private final long comesBackNanos;
    private final String node = UUID.randomUUID().toString();

    private final AtomicReference<Receiver> receiver = new AtomicReference<>();
    private final Lane[] lanes = new Lane[LANES];
    private final Malformed malformed = new Malformed();
    private final OwnPublications own;
    private final Watches watches;
    private final Link link;
    private final Nodes nodes;
    private final Questions questions;
    private final AtomicBoolean tidying = new AtomicBoolean();
    private final AtomicLong ticks = new AtomicLong();
    // Set while this thread is inside a receiver, where publishing would wait for itself.
    private final ThreadLocal<Boolean> delivering = ThreadLocal.withInitial(() -> false);

    private ClusterBroker(Builder builder) {
        this.backplane = builder.backplane;
        this.threads = builder.threads == null ? Threads.daemons() : builder.threads;
        this.whenUnreachable = builder.whenUnreachable;
        this.comesBackNanos = builder.comesBack.toNanos();
        LongSupplier nanoTime = builder.nanoTime;
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane(threads.deliveries(), this::flush);
        }
        this.own = new OwnPublications(nanoTime);
        this.watches = new Watches(backplane, this::watchOf, nanoTime, builder.linger.toNanos());
        this.link = new Link(backplane, node, threads.pulse(), nanoTime, builder.probeEvery.toNanos(), this::restore);
        this.questions = new Questions(threads.questions(), link);
        this.nodes = new Nodes(node, backplane, link, threads.pulse(), nanoTime, builder.nodeTimeout);
    }

    /** Returns a builder of a broker on this backplane, which the broker closes when it is closed. */
    public static Builder on(Backplane backplane) {
        return new Builder(backplane);
    }

    @Override
    public void start(Receiver only) {
        if (!receiver.compareAndSet(null, Objects.requireNonNull(only, "receiver"))) {
            throw new IllegalStateException("This broker belongs to a box already. Make one for each ChannelBox.");
        }
        backplane.start(new FromBackplane());
        nodes.begin();
        threads.every(TICK, this::tick);
    }

    @Override
    public PublishResult publish(Publication publication) {
        if (delivering.get()) {
            throw new IllegalStateException("A broadcast was started from inside another one (an event listener, an"
                    + " interceptor, or a predicate of its options). Hand it to an executor instead.");
        }
        if (!link.answers()) {
            return publishUnreached(publication);
        }
        Optional<Own> awaited =
                watches.isWatched(publication.group()) ? Optional.of(own.add(publication)) : Optional.empty();
        Outcome outcome = taken(publication);
        if (outcome instanceof Outcome.Kept kept) {
            return new PublishResult.Appended(
                    kept.position(), delivered(publication, awaited, Optional.of(kept.position())));
        }
        if (outcome instanceof Outcome.Told) {
            return new PublishResult.Sent(delivered(publication, awaited, Optional.empty()));
        }
        own.remove(publication);
        if (outcome instanceof Outcome.Refused refused) {
            return new PublishResult.Refused(refused.why(), refused.retryAfter());
        }
        Outcome.Repeated repeated = (Outcome.Repeated) outcome;
        return new PublishResult.Duplicate(repeated.message(), repeated.position());
    }

    private Outcome taken(Publication publication) {
        var outgoing = new Backplane.Outgoing(
                publication.group(),
                publication.id(),
                Envelopes.write(publication, node),
                publication
                        .keep()
                        .map(keep -> new Backplane.Keep(
                                keep.retention(), keep.payload().frame().size())),
                publication.options().idempotencyKey(),
                publication.options().sender(),
                publication.options().ruled());
        try {
            return backplane.publish(outgoing);
        } catch (UnreachableException e) { // it may have been taken, and may come: then its conditions hold
            link.failed(e);
            throw e;
        } catch (RuntimeException | Error e) {
            own.remove(publication);
            throw e;
        }
    }

    /** What is kept needs to be kept for all; what is not, members here may be told if that is wanted. */
    private PublishResult publishUnreached(Publication publication) {
        if (whenUnreachable == Unreachable.STAY_LOCAL && publication.keep().isEmpty()) {
            return new PublishResult.Sent(tellHere(publication));
        }
        throw new UnreachableException("Nothing was said to " + publication.group()
                + ": the other nodes cannot be reached, " + link.health().detail());
    }

    private Deliveries tellHere(Publication publication) {
        Watch watch = watches.get(publication.group());
        if (watch == null || !watch.isWatched()) {
            return Deliveries.NONE;
        }
        Own mine = own.add(publication);
        watch.tellHere(publication, node);
        watch.lane().runHere();
        return mine.delivered().getNow(Deliveries.NONE);
    }

    /** Waits a moment for what was published to come back, and tells whom it reached here. */
    private Deliveries delivered(Publication publication, Optional<Own> awaited, Optional<StreamPosition> position) {
        Watch watch = watches.get(publication.group());
        if (awaited.isEmpty() || watch == null) {
            return Deliveries.NONE;
        }
        watch.lane().runHere();
        Own mine = awaited.get();
        if (!mine.delivered().isDone() && !comesBack(mine)) {
            position.ifPresent(watch::expect);
            watch.lane().runHere();
        }
        return mine.delivered().getNow(Deliveries.NONE);
    }

    private boolean comesBack(Own mine) {
        if (comesBackNanos == 0 || !link.hears()) {
            return false;
        }
        try {
            mine.delivered().get(comesBackNanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            link.suspect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.error("What was published could not be told here", e);
        }
        return false;
    }

    @Override
    public void watch(GroupName group) {
        boolean patient = whenUnreachable == Unreachable.STAY_LOCAL;
        try {
            if (!link.answers() && !patient && watches.get(group) == null) {
                throw new UnreachableException("Nobody can join " + group + " now: the other nodes cannot be reached, "
                        + link.health().detail());
            }
            watches.watch(group, patient, link.hears());
        } catch (UnreachableException e) {
            link.failed(e);
            throw e;
        }
    }

    @Override
    public void unwatch(GroupName group) {
        watches.unwatch(group);
    }

    @Override
    public void rule(GroupName group, Rule rule) {
        if (delivering.get()) {
            throw new IllegalStateException(
                    "A rule was changed from inside a broadcast. Hand it to an executor instead.");
        }
        if (!link.answers()) {
            throw new UnreachableException(
                    "The rule of " + group + " was not changed: the other nodes cannot be reached, "
                            + link.health().detail());
        }
        try {
            backplane.rule(group, rule);
        } catch (UnreachableException e) {
            link.failed(e);
            throw e;
        }
    }

    @Override
    public History history() {
        return backplane.history();
    }

    @Override
    public Optional<Cluster> cluster() {
        return Optional.of(nodes);
    }

    /** Returns how many times something came that was not understood: foreign bytes, or those of a release that is too new. */
    public long malformed() {
        return malformed.count();
    }

    @Override
    public void close() {
        link.close();
        threads.close();
        try {
            nodes.end();
        } catch (StoreException e) {
            log.debug("The other nodes could not be told that this one goes", e);
        }
        backplane.close();
    }

    private Watch watchOf(GroupName group) {
        int hash = group.hashCode();
        Lane lane = lanes[(hash ^ hash >>> 16) & (LANES - 1)];
        return new Watch(group, backplane, lane, questions, malformed, new ToMembers(group));
    }

    private void flush() {
        Receiver here = receiver.get();
        if (here != null) {
            here.flush();
        }
    }

    private void tick() {
        try {
            link.tick();
            nodes.tick(Objects.requireNonNull(receiver.get()));
            own.sweep();
            if (tidying.compareAndSet(false, true)) {
                questions.ask(this::tidy, this::notTidied);
            }
        } catch (RuntimeException | Error e) { // a scheduler drops for good what throws
            log.error("The cluster's sweep failed", e);
        }
    }

    private void notTidied(Throwable why) {
        tidying.set(false);
        log.debug("Not all groups could be looked after, which is tried again", why);
    }

    private void tidy() {
        try {
            watches.sweep();
            watches.all().forEach(Watch::retry);
            verify(ticks.incrementAndGet());
        } finally {
            tidying.set(false);
        }
    }

    /** Looks at a part of the groups, so that each is looked at in its turn: the last message of a silent one may have been missed. */
    private void verify(long tick) {
        List<GroupName> turn = watches.all().stream()
                .map(Watch::group)
                .filter(group -> Math.floorMod(group.hashCode(), VERIFIED_IN_TICKS) == tick % VERIFIED_IN_TICKS)
                .toList();
        if (!turn.isEmpty()) {
            Map<GroupName, StreamPosition> tops = backplane.tops(turn);
            tops.forEach(
                    (group, top) -> Optional.ofNullable(watches.get(group)).ifPresent(watch -> watch.compare(top)));
        }
    }

    private void restore() {
        watches.subscribeToRest();
        watches.all().forEach(Watch::repair);
        Objects.requireNonNull(receiver.get()).reconnected();
    }

    /** Hands what came in one group to the members on this node. */
    private final class ToMembers implements GroupStream.Sink<Item> {

        private final GroupName group;

        ToMembers(GroupName group) {
            this.group = group;
        }

        @Override
        public void receive(Arrival<Item> arrival) {
            if (arrival.what() instanceof Item.Said said) {
                receive(said.carried(), arrival.position());
            } else if (arrival.what() instanceof Item.Told told && watches.isWatched(group)) {
                here().signalled(told.signal());
            }
        }

        private void receive(Envelopes.Carried carried, Optional<StreamPosition> position) {
            Optional<Own> mine = carried.node().equals(node) ? own.remove(carried.publication()) : Optional.empty();
            boolean meantForHere = mine.isPresent() || !carried.hereOnly();
            Publication publication = mine.map(Own::publication).orElse(carried.publication());
            Deliveries deliveries =
                    meantForHere && watches.isWatched(group) ? deliver(publication, position) : Deliveries.NONE;
            mine.ifPresent(each -> each.delivered().complete(deliveries));
        }

        private Deliveries deliver(Publication publication, Optional<StreamPosition> position) {
            delivering.set(true);
            try {
                return here().receive(publication, position);
            } catch (RuntimeException | Error e) {
                log.error("{} reaches nobody here", publication.id(), e);
                return Deliveries.NONE;
            } finally {
                delivering.set(false);
            }
        }

        @Override
        public void lost(StreamPosition after, StreamPosition upTo) {
            log.warn("Of {} everything from {} to {} is lost for this node", group, after, upTo);
            try {
                here().lost(group, after, upTo);
            } catch (RuntimeException | Error e) { // what follows is told in any case
                log.error("Members of {} could not be told of a loss", group, e);
            }
        }

        private Receiver here() {
            return Objects.requireNonNull(receiver.get());
        }
    }

    /** Takes what arrives, on the backplane's threads, to the lanes. */
    private final class FromBackplane implements Backplane.Listener {

        @Override
        public void published(GroupName group, Optional<StreamPosition> position, byte[] envelope) {
            Watch watch = watches.get(group);
            if (watch != null) {
                watch.published(position, envelope);
            }
        }

        @Override
        public void told(GroupName group, byte[] bytes) {
            Watch watch = watches.get(group);
            if (watch != null) {
                read(bytes)
                        .filter(told -> !told.node().equals(node))
                        .flatMap(Signals.Told::signal)
                        .ifPresent(signal -> watch.told(signal, bytes.length));
            }
        }

        @Override
        public void told(byte[] bytes) {
            read(bytes).ifPresent(told -> {
                if (!told.node().equals(node)) {
                    told.signal().ifPresent(this::tell);
                } else {
                    told.probe().ifPresent(link::heard);
                }
            });
        }

        private void tell(Signal signal) {
            try {
                Objects.requireNonNull(receiver.get()).signalled(signal);
            } catch (RuntimeException | Error e) { // the reader goes on
                log.error("What another node told could not be followed", e);
            }
        }

        private Optional<Signals.Told> read(byte[] bytes) {
            try {
                return Optional.of(Signals.read(bytes));
            } catch (MalformedEnvelopeException e) {
                malformed.met(e);
                return Optional.empty();
            }
        }

        @Override
        public void disconnected(String why) {
            link.disconnected(why);
        }

        @Override
        public void connected() {
            link.connected();
        }
    }

    /** Builds a broker. Not safe for several threads. */
    public static final class Builder {

        private final Backplane backplane;
        private Duration nodeTimeout = Duration.ofSeconds(15);
        private Duration linger = Duration.ofSeconds(5);
        private Duration comesBack = Duration.ofMillis(250);
        private Duration probeEvery = Duration.ofSeconds(5);
        private Unreachable whenUnreachable = Unreachable.REFUSE;
        private LongSupplier nanoTime = System::nanoTime;
        private @Nullable Threads threads;

        private Builder(Backplane backplane) {
            this.backplane = Objects.requireNonNull(backplane, "backplane");
        }

        /** Takes a node for gone when it was not heard of for this long; 15 seconds by default. */
        public Builder nodeTimeout(Duration time) {
            nodeTimeout = positive("nodeTimeout", time);
            return this;
        }

        /** Goes on hearing a group for this long after its last member here has left, so that who reloads a page costs nothing; 5 seconds by default. */
        public Builder linger(Duration time) {
            linger = notNegative("linger", time);
            return this;
        }

        /**
         * Lets {@link #publish} wait this long for what it has published to come back, so that it can tell whom it reached on this node; 250
         * milliseconds by default. Zero does not wait.
         */
        public Builder comesBackWithin(Duration time) {
            comesBack = notNegative("comesBackWithin", time);
            return this;
        }

        /** Looks this often whether what is told comes back, and takes the connection for deaf when it has not for as long; 5 seconds by default. */
        public Builder probeEvery(Duration time) {
            probeEvery = positive("probeEvery", time);
            return this;
        }

        /** Says what happens while nobody answers; {@link Unreachable#REFUSE} by default. */
        public Builder whenUnreachable(Unreachable choice) {
            whenUnreachable = Objects.requireNonNull(choice, "whenUnreachable");
            return this;
        }

        /** Measures times by this clock of nanoseconds. */
        public Builder nanoTime(LongSupplier clock) {
            nanoTime = Objects.requireNonNull(clock, "nanoTime");
            return this;
        }

        /** Works on these threads, which the broker closes when it is closed. */
        public Builder threads(Threads own) {
            threads = Objects.requireNonNull(own, "threads");
            return this;
        }

        /** Returns a broker for one box. */
        public ClusterBroker build() {
            return new ClusterBroker(this);
        }

        private static Duration positive(String what, Duration time) {
            if (notNegative(what, time).isZero()) {
                throw new IllegalArgumentException(what + " must be positive, was " + time);
            }
            return time;
        }

        private static Duration notNegative(String what, Duration time) {
            if (Objects.requireNonNull(time, what).isNegative()) {
                throw new IllegalArgumentException(what + " must not be negative, was " + time);
            }
            return time;
        }
    }
}
