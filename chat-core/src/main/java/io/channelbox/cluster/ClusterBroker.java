package io.channelbox.cluster;

import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.Cluster.Health;
import io.channelbox.broker.Publication;
import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Receiver;
import io.channelbox.broker.Rule;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final Duration LONGEST = Duration.ofDays(365);
    // Silences of a connection and of a garbage collector are shorter: nobody is taken for gone, or deaf, for these.
    private static final Duration SHORTEST_NODE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PROBE = Duration.ofMillis(100);

    private final Threads threads;
    private final String node = UUID.randomUUID().toString();

    private final LocalBox box = new LocalBox();
    private final Lane[] lanes = new Lane[LANES];
    private final Malformed malformed = new Malformed();
    private final Dropped dropped = new Dropped();
    private final OwnPublications own;
    private final Publisher publisher;
    private final Shards shards;
    private final Nodes nodes;
    private Health toldHealth = Health.HEALTHY; // by whoever ticks
    private final AtomicBoolean closed = new AtomicBoolean();

    private ClusterBroker(Builder builder) {
        this.threads = builder.threads == null ? Threads.daemons() : builder.threads;
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane(threads.deliveries(), box::flush);
        }
        this.own = new OwnPublications(builder.nanoTime);
        this.publisher = new Publisher(node, box, own, builder.whenUnreachable, builder.comesBack);
        boolean staysLocal = builder.whenUnreachable == Unreachable.STAY_LOCAL;
        var setting = new Shard.Setting(
                node,
                threads,
                builder.nanoTime,
                builder.probeEvery,
                builder.linger,
                staysLocal,
                this::watchOf,
                () -> box.receiver().reconnected());
        this.shards = new Shards(builder.backplanes.stream()
                .map(backplane -> new Shard(backplane, setting))
                .toList());
        this.nodes = new Nodes(node, shards, threads.pulse(), builder.nanoTime, builder.nodeTimeout, staysLocal);
    }

    private Watch watchOf(Shard shard, GroupName group) {
        int hash = group.hashCode();
        Lane lane = lanes[(hash ^ hash >>> 16) & (LANES - 1)];
        var toMembers = new ToMembers(group, node, shard.watches(), own, box, dropped);
        return new Watch(group, shard.backplane(), lane, shard.questions(), malformed, toMembers);
    }

    /** Returns a builder of a broker on this backplane, which the broker closes when it is closed. */
    public static Builder on(Backplane backplane) {
        return builder().shard(backplane);
    }

    /** Returns a builder of a broker whose backplanes are still to come, by {@link Builder#shard}. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void start(Receiver only) {
        if (closed.get()) {
            throw new IllegalStateException("This broker was closed. Make a new one for each ChannelBox.");
        }
        box.start(only);
        shards.forEach(shard ->
                shard.backplane().start(new FromBackplane(node, shard.watches(), shard.link(), box, nodes, malformed)));
        nodes.begin();
        threads.every(TICK, this::tick);
    }

    @Override
    public PublishResult publish(Publication publication) {
        return publisher.publish(shards.of(publication.group()), publication);
    }

    @Override
    public void watch(GroupName group) {
        shards.of(group).watch(group);
    }

    @Override
    public void unwatch(GroupName group) {
        shards.of(group).watches().unwatch(group);
    }

    @Override
    public void rule(GroupName group, Rule rule) {
        if (box.isDelivering()) {
            throw new IllegalStateException(
                    "A rule was changed from inside a broadcast. Hand it to an executor instead.");
        }
        Shard shard = shards.of(group);
        shard.link()
                .asking(
                        "The rule of " + group + " was not changed",
                        () -> shard.backplane().rule(group, rule));
    }

    @Override
    public History history() {
        return shards.history();
    }

    @Override
    public Optional<Cluster> cluster() {
        return Optional.of(nodes);
    }

    /** Returns how many times something came that was not understood: foreign bytes, or those of a release that is too new. */
    public long malformed() {
        return malformed.count();
    }

    /**
     * Returns how many things that are not kept members here were not told, because they came faster than they could be told. What is
     * kept is never among them: it is read when there is time for it.
     */
    public long dropped() {
        return dropped.count();
    }

    /** Leaves the other nodes, and closes the backplanes. Once is enough: a box closes its broker. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end();
        }
    }

    private void end() {
        shards.forEach(shard -> shard.link().close());
        threads.close();
        try {
            nodes.end();
        } catch (StoreException e) {
            log.debug("The other nodes could not be told that this one goes", e);
        }
        shards.forEach(shard -> shard.backplane().close());
    }

    private void tick() {
        try {
            shards.forEach(Shard::tick);
            nodes.tick(box.receiver());
            own.sweep();
            tellHealth();
        } catch (RuntimeException | Error e) { // a scheduler drops for good what throws
            log.error("The cluster's sweep failed", e);
        }
    }

    private void tellHealth() {
        Health now = nodes.health();
        if (now.healthy() != toldHealth.healthy()) {
            toldHealth = now;
            box.healthChanged(now);
        }
    }

    /** Builds a broker. Not safe for several threads. */
    public static final class Builder {

        private final List<Backplane> backplanes = new ArrayList<>(1);
        private Duration nodeTimeout = Duration.ofSeconds(15);
        private Duration linger = Duration.ofSeconds(5);
        private Duration comesBack = Duration.ofMillis(250);
        private Duration probeEvery = Duration.ofSeconds(5);
        private Unreachable whenUnreachable = Unreachable.REFUSE;
        private LongSupplier nanoTime = System::nanoTime;
        private @Nullable Threads threads;

        private Builder() {}

        /**
         * Adds a backplane, which knows nothing of the others: each group is on one of them, by its name, and goes on as long as that
         * answers; nodes, bans and counts are on the first. All nodes must add the same ones in the same order. When one is added at the
         * end, the groups that move to it begin anew. The broker closes it when it is closed.
         */
        public Builder shard(Backplane further) {
            backplanes.add(Objects.requireNonNull(further, "backplane"));
            return this;
        }

        /** Takes a node for gone when it was not heard of for this long, a second at least; 15 seconds by default. */
        public Builder nodeTimeout(Duration time) {
            nodeTimeout = Times.between("nodeTimeout", SHORTEST_NODE_TIMEOUT, LONGEST, time);
            return this;
        }

        /** Goes on hearing a group for this long after its last member here has left, so that who reloads a page costs nothing; 5 seconds by default. */
        public Builder linger(Duration time) {
            linger = Times.between("linger", Duration.ZERO, LONGEST, time);
            return this;
        }

        /**
         * Lets {@link #publish} wait this long for what it has published to come back, so that it can tell whom it reached on this node; 250
         * milliseconds by default. Zero does not wait.
         */
        public Builder comesBackWithin(Duration time) {
            comesBack = Times.between("comesBackWithin", Duration.ZERO, LONGEST, time);
            return this;
        }

        /**
         * Looks this often whether what is told comes back, every 100 milliseconds at most, and takes the connection for deaf when it has not
         * for as long; 5 seconds by default.
         */
        public Builder probeEvery(Duration time) {
            probeEvery = Times.between("probeEvery", SHORTEST_PROBE, LONGEST, time);
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

        /**
         * Returns a broker for one box.
         *
         * @throws IllegalStateException when it has no backplane
         */
        public ClusterBroker build() {
            if (backplanes.isEmpty()) {
                throw new IllegalStateException("A broker needs a backplane: ClusterBroker.on(backplane)");
            }
            return new ClusterBroker(this);
        }
    }
}
