package io.channelbox.channel;

import static java.util.Objects.requireNonNull;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.auth.AuthResult;
import io.channelbox.broker.Broker;
import io.channelbox.broker.Cluster;
import io.channelbox.broker.LocalBroker;
import io.channelbox.broker.PublishOptions;
import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.event.ChatEventListener;
import io.channelbox.history.History;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.limit.Limits;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.Times;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Channels, groups and broadcasts. A box is an object you build; two boxes share nothing. Every method may be called on any
 * thread: by a consumer, an HTTP handler, a job.
 */
public final class ChannelBox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ChannelBox.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BoxConfig config;
    private final Broker broker;
    private final ClusterEvents clusterEvents;
    private final Optional<Travel> travel;
    private final Optional<OtherBoxes> others;
    private final Events events;
    private final UnfinishedWork work = new UnfinishedWork();
    private final JoinedFrames joinedFrames = new JoinedFrames();
    private final BoxThreads threads;
    private final Sweeps sweeps;
    private final Scheduler.Task sweeping;

    private final Bans bans;
    private final Access access;
    private final Throttle throttle;
    private final Entrance entrance;
    private final Moderation moderation;
    private final SharedHistory shared;
    private final Quota quota;
    private final Groups groups;
    private final Publisher publisher;
    private final UserChannels userChannels;
    private final ConcurrentHashMap<ChannelId, Channel> channels = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable Draining draining; // the last one, from when the box goes away

    private ChannelBox(Builder builder) {
        this.config = builder.config();
        this.broker = builder.broker();
        this.events = new Events(builder.listeners);
        this.threads =
                new BoxThreads(Optional.ofNullable(builder.executor), Optional.ofNullable(builder.scheduler), work);
        this.bans = new Bans(config.clock());
        this.access = new Access(config.access(), bans, events);
        this.throttle = new Throttle(
                config.limits(), config.nanoTime(), events, broker.cluster().isPresent());
        this.userChannels = new UserChannels(config.limits().channelsPerUser());
        var registry = new GroupRegistry(config.limits().groupsPerChannel());
        this.shared = new SharedHistory(broker.history(), config.nanoTime());
        this.quota = new Quota(config.outboxes());
        this.groups = new Groups(registry, broker, shared, config.historyCodec().format(), events, access);
        var flusher = new Flusher(
                threads.connectionExecutor(),
                DefaultThreads::startOne,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        this.clusterEvents = new ClusterEvents(broker.cluster(), threads.executor(), events);
        var eventTypes = new EventTypes(builder.eventTypes);
        this.travel = broker.cluster().map(others -> new Travel(config.historyCodec(), builder.codecs, eventTypes));
        var broadcaster = new Broadcaster(registry, config, shared, flusher, clusterEvents, eventTypes);
        this.publisher = new Publisher(config, registry, broadcaster, broker, events, travel);
        this.moderation = new Moderation(bans, userChannels, groups, broker.cluster());
        this.entrance = new Entrance(arrivals(), bans, userChannels, seats());
        this.others = broker.cluster().map(cluster -> new OtherBoxes(this, cluster));
        broker.start(broadcaster);
        this.sweeps = new Sweeps(List.of(
                new IdleSweeper(channels.values(), config, events, threads.scheduler()),
                bans::sweep,
                shared::sweep,
                flusher::sweep,
                throttle::sweep,
                clusterEvents::sweep,
                broadcaster::sweep,
                () -> others.ifPresent(OtherBoxes::sweep)));
        this.sweeping = sweeps.begin(threads.scheduler());
        others.ifPresent(each -> each.begin(clusterEvents));
    }

    private Optional<Arrivals> arrivals() {
        return config.limits().arrivals().map(rate -> new Arrivals(rate, config.nanoTime(), config.random()));
    }

    private Optional<Seats> seats() {
        int most = config.limits().channelsPerUser();
        return broker.cluster()
                .filter(cluster -> most < Limits.UNLIMITED)
                .map(cluster -> new Seats(cluster, most, config.nanoTime()));
    }

    /** Returns a builder whose defaults work on one machine. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the group of this name, whether or not anyone is in it.
     *
     * @throws IllegalArgumentException when it is no {@link GroupName}
     */
    public Group group(String name) {
        return new Group(this, GroupName.of(name));
    }

    /** Returns the group of this name, whether or not anyone is in it. */
    public Group group(GroupName name) {
        return new Group(this, name);
    }

    /** Returns the group that all channels of a user belong to: what is broadcast to it reaches all their devices. */
    public Group inbox(UserId user) {
        return new Group(this, GroupName.inboxOf(user));
    }

    /** Returns the names of the groups that have members on this node, without inboxes, as a snapshot. */
    public Set<GroupName> groups() {
        return groups.names();
    }

    /** Says something to the members of several groups; who is in more than one of them gets it once. Returns a result per group. */
    public Map<GroupName, BroadcastResult> broadcast(
            Collection<GroupName> toGroups, Object payload, PublishOptions options) {
        return publisher.publish(requireNonNull(toGroups, "groups"), payload, requireNonNull(options, "options"));
    }

    /**
     * Says something to one channel of this node; one that lives on another is no such channel here. To reach a connection wherever it is,
     * say it to a group that it alone has joined, or to its user: {@link #sendToUser}.
     */
    public SendResult sendTo(ChannelId id, Object payload) {
        Channel channel = channels.get(requireNonNull(id, "id"));
        return channel == null ? SendResult.NO_SUCH_CHANNEL : channel.send(payload);
    }

    /** Says something to a user, on all devices. Nobody is reached when they have none open; kept messages can be read later from their inbox. */
    public BroadcastResult sendToUser(UserId user, Object payload) {
        return inbox(user).broadcast(payload);
    }

    /** Says something to a user, on all devices. */
    public BroadcastResult sendToUser(UserId user, Object payload, PublishOptions options) {
        return inbox(user).broadcast(payload, options);
    }

    /** Returns the channel of this id while it lives. */
    public Optional<Channel> channel(ChannelId id) {
        return Optional.ofNullable(channels.get(requireNonNull(id, "id")));
    }

    /** Returns the channels that live on this node, as a snapshot. */
    public List<Channel> channels() {
        return List.copyOf(channels.values());
    }

    /** Returns the channels on this node that belong to a user's inbox, as a snapshot. */
    public List<Channel> channelsOf(UserId user) {
        return groups.members(GroupName.inboxOf(user));
    }

    /**
     * Asks to close all channels of a user, on all nodes. They may come back. Returns how many were asked on this node.
     *
     * @throws io.channelbox.message.StoreException when other nodes could not be told; on this one it is done then
     */
    public int disconnectUser(UserId user, CloseStatus status) {
        return moderation.disconnect(requireNonNull(user, "user"), requireNonNull(status, "status"));
    }

    /**
     * Shuts a user out for this long: closes their channels with 4403, opens none, lets them join nothing and say nothing.
     * The ban holds on all nodes, also on those that start later, for as long as what they share remembers it; where the broker is of
     * one node, for as long as the process lives. One that must outlive that belongs where the {@link AccessPolicy} and the
     * {@link io.channelbox.auth.Authenticator} look. Banning again replaces the ban. Returns how many channels were asked to close on
     * this node.
     *
     * @throws io.channelbox.message.StoreException when it could not be told to other nodes; then it holds on this one alone, and may be
     *     made again
     */
    public int ban(UserId user, Duration time) {
        return moderation.ban(requireNonNull(user, "user"), requireNonNull(time, "time"));
    }

    /**
     * Ends a user's ban from the box, on all nodes; bans from groups stay. Tells whether this node knew of one.
     *
     * @throws io.channelbox.message.StoreException when it could not be ended on other nodes, from where it comes back to this one
     */
    public boolean unban(UserId user) {
        return moderation.unban(requireNonNull(user, "user"));
    }

    /** Tells whether a user is banned from the box. */
    public boolean isBanned(UserId user) {
        return moderation.isBanned(requireNonNull(user, "user"));
    }

    /** Ends all memberships on this node, but for the inboxes. The channels stay open. */
    public void flushGroups() {
        for (Channel channel : channels.values()) {
            channel.groups().forEach(group -> groups.leave(channel, group));
        }
    }

    /** Returns what was said and kept. */
    public History history() {
        return broker.history();
    }

    /** Returns the clock messages get their times from. */
    public InstantSource clock() {
        return config.clock();
    }

    /** Returns the executor callbacks run on; closing the box waits for what is executed here. */
    public Executor executor() {
        return threads.executor();
    }

    /**
     * Runs this about once a second, with the box's own sweep, until it is cancelled or the box is closed. It must not block; what it
     * throws is logged.
     */
    public Scheduler.Task everySecond(Runnable work) {
        return sweeps.add(requireNonNull(work, "work"));
    }

    /**
     * Tells from now on who speaks where, after it was said, on the thread that says it: for what ends when somebody speaks. It must
     * not block and not broadcast. Not told is what is said in nobody's name, what is a state, ephemeral or an event, and what a
     * key keeps from being said again.
     */
    public Scheduler.Task onSaid(BiConsumer<GroupName, UserId> listener) {
        return publisher.onSaid(requireNonNull(listener, "listener"));
    }

    /** Returns what this box has in common with those of other nodes; empty when its broker is of one node. */
    public Optional<Cluster> cluster() {
        return broker.cluster();
    }

    /** For extensions: returns where it is told what other nodes tell. */
    public ClusterEvents clusterEvents() {
        return clusterEvents;
    }

    /** Returns the monotonic clock of nanoseconds that things are measured by. */
    public LongSupplier nanoTime() {
        return config.nanoTime();
    }

    /** Returns the interceptors, in the order in which what comes in passes them. */
    public List<ChannelInterceptor> interceptors() {
        return config.inbound();
    }

    /**
     * For transports, once for each connection and before anybody is authenticated: returns why nobody is let in now, and when
     * to come again, as {@link CloseStatus#retryAfter()} reads it; empty when the connection may go on. That is what
     * {@link Limits#withArrivals} counts.
     */
    public Optional<AuthResult.Rejected> refusal() {
        if (isGoingAway()) {
            return Optional.of(unavailable(goingAway()));
        }
        return entrance.refusal().map(ChannelBox::unavailable);
    }

    private static AuthResult.Rejected unavailable(CloseStatus status) {
        return new AuthResult.Rejected(AuthResult.Reason.UNAVAILABLE, status.reason());
    }

    private CloseStatus goingAway() {
        Draining last = draining;
        return last == null ? CloseStatus.GOING_AWAY : last.farewell();
    }

    /**
     * For transports, right after authentication: returns the same answer, or why its user may open no channel now.
     * {@link #open} looks again.
     */
    public AuthResult admission(AuthResult authenticated) {
        if (authenticated instanceof AuthResult.Accepted accepted) {
            Optional<AuthResult.Rejected> refusal =
                    entrance.refusal(accepted.user().id());
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return authenticated;
    }

    /**
     * For transports: makes a channel of a connection.
     *
     * @throws CloseException with 4403 when the user is banned, with 4429 when they have as many channels as one may have;
     *     the connection is to be closed with it
     * @throws IllegalStateException when the box is closed
     */
    public Channel open(Connection connection, Opening opening) {
        if (isGoingAway()) {
            throw closed();
        }
        var channel = new Channel(this, requireNonNull(connection, "connection"), requireNonNull(opening, "opening"));
        entrance.enter(channel);
        channels.put(channel.id(), channel);
        travel.ifPresent(others -> others.spoken(channel.codec()));
        events.tell(new ChatEvent.ChannelOpened(channel.id(), channel.user().id()));
        if (opening.joinsInbox()) {
            try {
                inbox(channel.user().id()).join(channel);
            } catch (RuntimeException e) {
                channel.ended(CloseStatus.SERVER_ERROR);
                throw e;
            }
        }
        if (isGoingAway()) { // meanwhile, and it may not have seen this channel
            end(channel, CloseStatus.GOING_AWAY);
            throw closed();
        }
        return channel;
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("This box is closed and opens no channels any more.");
    }

    /** Tells whether the box is closed, closing or draining: it opens no channels any more. */
    public boolean isClosed() {
        return isGoingAway();
    }

    private boolean isGoingAway() {
        return draining != null;
    }

    /** For transports and consumers: tells the box's listeners. */
    public void tell(ChatEvent event) {
        events.tell(event);
    }

    /** Closes the box within five seconds. See {@link #close(Duration)}. */
    @Override
    public void close() {
        close(PATIENCE);
    }

    /**
     * Opens no channels any more, and asks those that are open to close, with 1001 and the advice when to come back: at once
     * where they are few, else a few at a time, see {@link Builder#draining}, so that all are asked within half of the patience.
     * Until it is asked a channel lives as ever. Returns at once; {@link #close(Duration)} does this too, and waits. Calling it
     * again can only make it faster: who was to be asked by an earlier call is asked by then.
     */
    public void drain(Duration patience) {
        Times.notNegative("patience", patience);
        drain(channels.values(), patience, begun -> draining = begun);
    }

    /** For transports that go away while the box stays: closes these channels as {@link #drain(Duration)} closes all. */
    public void drain(Collection<Channel> some, Duration patience) {
        drain(some, patience, begun -> {});
    }

    /** Says that it has begun before it looks for channels: one that is opened meanwhile is found, or sees it. */
    private void drain(Collection<Channel> some, Duration patience, Consumer<Draining> beginning) {
        var begun = new Draining(config, patience);
        beginning.accept(begun);
        begun.start(some, threads.scheduler());
    }

    /**
     * Closes every channel once, with 1001, as {@link #drain} does, after what is queued for it has left; waits for the channels
     * to end and for the work on the box's executor; gives up the channels that have not ended in time. Must not be called by
     * that work. What is broadcast later is kept if it is to be, and reaches nobody.
     */
    public void close(Duration patience) {
        Times.notNegative("patience", patience);
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        drain(patience);
        if (!work.awaitNone(channels::isEmpty, Times.nanos(patience))) {
            log.warn("Closing the box: not done in {}, giving up {} channels", patience, channels.size());
            channels.values().forEach(channel -> channel.giveUp(CloseStatus.GOING_AWAY));
        }
        sweeping.cancel();
        broker.close();
        threads.close();
    }

    /** For consumers' sessions: where what passes is noted. */
    public TrafficLog traffic() {
        return config.traffic();
    }

    BoxConfig config() {
        return config;
    }

    Groups memberships() {
        return groups;
    }

    Access access() {
        return access;
    }

    JoinedFrames joinedFrames() {
        return joinedFrames;
    }

    Throttle throttle() {
        return throttle;
    }

    Moderation moderation() {
        return moderation;
    }

    Bans bans() {
        return bans;
    }

    UserChannels userChannels() {
        return userChannels;
    }

    Publisher publisher() {
        return publisher;
    }

    /** Forgets what was said to a group, here and where it is kept. */
    void clearHistory(GroupName group) {
        broker.history().clear(group);
        shared.changed(group);
        broker.cluster().ifPresent(others -> others.tell(new Signal.Cleared(Optional.of(group))));
    }

    /** What was kept of a group, or of all, was forgotten by another node. */
    void historyCleared(Optional<GroupName> group) {
        group.ifPresentOrElse(shared::changed, shared::allChanged);
    }

    void rule(GroupName group, Rule rule) {
        broker.rule(group, rule);
    }

    /** Returns what may wait for all channels together. */
    Quota quota() {
        return quota;
    }

    /** Does work on the calling thread; closing the box waits for it. */
    void workHere(Runnable work) {
        threads.executor().runHere(work);
    }

    /** For work on connections, which must go on while every consumer blocks. */
    void executeForConnection(Runnable work) {
        threads.connectionExecutor().execute(work);
    }

    Events events() {
        return events;
    }

    /** The one place where a channel ends. */
    void end(Channel channel, CloseStatus reported) {
        Optional<CloseStatus> status = channel.end(reported);
        if (status.isEmpty()) {
            return;
        }
        groups.end(channel);
        channels.remove(channel.id());
        entrance.leave(channel);
        events.tell(new ChatEvent.ChannelClosed(
                channel.id(), channel.user().id(), status.get().code()));
        channel.runCloseCallbacks(status.get());
        work.changed();
    }

    /** Builds a box. Every setting has a default that works on one machine. Not safe for several threads. */
    public static final class Builder {

        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTime = System::nanoTime;
        private @Nullable Executor executor;
        private @Nullable Scheduler scheduler;
        private @Nullable Broker broker;
        private @Nullable HistoryStore history;
        private UnaryOperator<Broker> aroundBroker = UnaryOperator.identity();
        private Codec<?> historyCodec = JsonCodec.of(Object.class);
        private final List<Codec<?>> codecs = new ArrayList<>();
        private final List<Class<?>> eventTypes = new ArrayList<>();
        private Duration expires = Duration.ZERO;
        private OutboxLimits outbox = OutboxLimits.DEFAULT;
        private long outboxes = Runtime.getRuntime().maxMemory() / 4;
        private Duration sendTimeout = Duration.ofSeconds(10);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private Duration pingInterval = Duration.ofSeconds(20);
        private Duration pongTimeout = Duration.ofSeconds(10);
        private Duration drainOver = Duration.ofSeconds(30);
        private Duration returnSpread = Duration.ofSeconds(30);
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        private final Set<String> unlogged = new HashSet<>(Set.of("complete", "group_complete"));
        private Duration stuckAfter = Duration.ofSeconds(30);
        private AccessPolicy access = AccessPolicy.ALLOW_ALL;
        private Limits limits = Limits.NONE;
        private final Map<String, GroupSettings> kinds = new HashMap<>();
        private final List<ChannelInterceptor> interceptors = new ArrayList<>();
        private final List<ChatEventListener> listeners = new ArrayList<>();

        private Builder() {}

        /** Takes the times of messages from this clock; the system's by default. */
        public Builder clock(InstantSource source) {
            clock = requireNonNull(source, "clock");
            return this;
        }

        /** Measures how long things take by this monotonic clock of nanoseconds; {@link System#nanoTime} by default. */
        public Builder nanoTime(LongSupplier monotonic) {
            nanoTime = requireNonNull(monotonic, "nanoTime");
            return this;
        }

        /**
         * Runs consumers' callbacks, unless a transport lends them a thread of its own, and closes and pings on this executor, which is
         * never shut down. It must not run work on the calling thread, and should have threads to spare when consumers block. By
         * default: virtual threads on Java 21 and later, before that up to 256 threads of the box's own for callbacks, and 16
         * others for closes, pings and what is left of large broadcasts.
         */
        public Builder executor(Executor own) {
            executor = requireNonNull(own, "executor");
            return this;
        }

        /** Runs the box's sweep by this scheduler; by default on one thread of the box's own. */
        public Builder scheduler(Scheduler own) {
            scheduler = requireNonNull(own, "scheduler");
            return this;
        }

        /** Publishes through this broker, which then belongs to the box; a {@link LocalBroker} by default. */
        public Builder broker(Broker own) {
            broker = requireNonNull(own, "broker");
            return this;
        }

        /** Puts something around the broker, whichever it is, and around what was put there before: to watch what is published, say. */
        public Builder aroundBroker(UnaryOperator<Broker> decorator) {
            requireNonNull(decorator, "decorator");
            UnaryOperator<Broker> inner = aroundBroker;
            aroundBroker = own -> decorator.apply(inner.apply(own));
            return this;
        }

        /** Keeps histories in this store; an {@link InMemoryHistoryStore} by default. Not together with a broker, which has its own. */
        public Builder history(HistoryStore store) {
            history = requireNonNull(store, "history");
            return this;
        }

        /** Writes what is kept with this codec; as JSON by default. */
        public Builder historyCodec(Codec<?> codec) {
            historyCodec = requireNonNull(codec, "historyCodec");
            return this;
        }

        /**
         * Writes for other nodes in the formats of these codecs too, where {@link #historyCodec} does not do: for those that no channel of
         * this box may have spoken yet, and members on other nodes do. A box of one node needs none.
         */
        public Builder codecs(Codec<?>... spokenElsewhere) {
            for (Codec<?> codec : requireNonNull(spokenElsewhere, "codecs")) {
                codecs.add(requireNonNull(codec, "codec"));
            }
            return this;
        }

        /**
         * Lets events of these classes reach consumers on other nodes, see {@link PublishOptions#asEvent}: they travel as JSON, each under
         * its {@link io.channelbox.message.TypeName}, or else the simple name of its class, which every box is to know. Texts, byte arrays,
         * frames and maps travel anyway. A box of one node needs none.
         */
        public Builder eventTypes(Class<?>... classes) {
            for (Class<?> type : requireNonNull(classes, "classes")) {
                eventTypes.add(requireNonNull(type, "class"));
            }
            return this;
        }

        /**
         * Closes a channel with {@link CloseStatus#EXPIRED} when for this long no frame came, none has left, and nobody touched
         * it; zero is never, the default. Pings do not count.
         */
        public Builder expires(Duration idle) {
            expires = Times.notNegative("expires", idle);
            return this;
        }

        /** Bounds what waits for each channel; {@link OutboxLimits#DEFAULT} by default. */
        public Builder outbox(OutboxLimits limits) {
            outbox = requireNonNull(limits, "outbox");
            return this;
        }

        /**
         * Bounds what waits for all channels together, by the sum of the sizes of the waiting frames; a quarter of the memory that the
         * process may use by default, though frames that wait for several channels take up their room only once. Up to 16 KiB for
         * each channel do not count, and histories do not either. When that much waits, those that need more and have not taken a
         * frame for a second are treated as {@link OutboxLimits#policy} says. Zero leaves each channel its 16 KiB.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder outboxes(long mostBytes) {
            if (mostBytes < 0) {
                throw new IllegalArgumentException(
                        "outboxes must not be negative, was " + mostBytes + ". Zero leaves 16 KiB to each channel.");
            }
            outboxes = mostBytes;
            return this;
        }

        /** Ends a channel when one send takes longer than this; 10 seconds by default. */
        public Builder sendTimeout(Duration longest) {
            sendTimeout = Times.positive("sendTimeout", longest);
            return this;
        }

        /** Ends a channel when closing it takes longer than this; 5 seconds by default. */
        public Builder closeTimeout(Duration longest) {
            closeTimeout = Times.positive("closeTimeout", longest);
            return this;
        }

        /**
         * Pings a peer that was silent for the interval, and ends its channel with {@link CloseStatus#DEAD_PEER} when nothing
         * comes back within the timeout; 20 and 10 seconds by default. An interval of zero pings nobody. The first ping of a
         * channel comes after some time between half of the interval and the whole, so that channels opened at once are not
         * pinged at once.
         */
        public Builder pings(Duration interval, Duration timeout) {
            pingInterval = Times.notNegative("pingInterval", interval);
            pongTimeout = Times.positive("pongTimeout", timeout);
            return this;
        }

        /**
         * Says how a box with many channels closes them: a thousand a second, or faster where they would need more than this time
         * or more than half of the patience; and their clients are told to come back at a thousand a second too, or faster where
         * that would take longer than the spread, each at a time of its own. 30 seconds each by default. Up to 100 channels
         * are closed at once, and their clients told to come back within a second.
         */
        public Builder draining(Duration over, Duration spread) {
            drainOver = Times.notNegative("drainOver", over);
            returnSpread = Times.notNegative("returnSpread", spread);
            return this;
        }

        /**
         * Spreads by these numbers from 0 to 1 what should not happen at once: first pings, and clients that come back. By
         * default they are drawn by chance; a test may want others. Used by any number of threads.
         */
        public Builder random(DoubleSupplier numbers) {
            random = requireNonNull(numbers, "random");
            return this;
        }

        /** Asks this policy what users may do with groups; by default they may do everything. See {@link Group#actingAs}. */
        public Builder access(AccessPolicy policy) {
            access = requireNonNull(policy, "access");
            return this;
        }

        /** Limits what peers may take; {@link Limits#NONE} by default. */
        public Builder limits(Limits most) {
            limits = requireNonNull(most, "limits");
            return this;
        }

        /** Reports a consumer's callback that has been running for so long, in the log and as an event; 30 seconds by default. */
        public Builder stuckAfter(Duration longest) {
            stuckAfter = Times.positive("stuckAfter", longest);
            return this;
        }

        /** Leaves messages of these types out of the {@link TrafficLog}: heartbeats, say. */
        public Builder unlogged(String... types) {
            for (String type : requireNonNull(types, "types")) {
                unlogged.add(requireNonNull(type, "type"));
            }
            return this;
        }

        /** Says what holds for groups of a kind, that is for those named {@code kind:id}. */
        public Builder groups(String kind, GroupSettings settings) {
            kinds.put(GroupName.of(kind, "any").kind(), requireNonNull(settings, "settings"));
            return this;
        }

        /** Says what holds for the inboxes of all users: how much of what is sent to them is kept, say. */
        public Builder inboxes(GroupSettings settings) {
            kinds.put(GroupName.INBOX_KIND, requireNonNull(settings, "settings"));
            return this;
        }

        /** Adds an interceptor behind those added before. */
        public Builder intercept(ChannelInterceptor interceptor) {
            interceptors.add(requireNonNull(interceptor, "interceptor"));
            return this;
        }

        /** Adds a listener. */
        public Builder listen(ChatEventListener listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Returns a running box.
         *
         * @throws IllegalStateException when both a broker and a history were given
         * @throws IllegalArgumentException when two classes of events have the same name, or one of them has no objects of its own
         */
        public ChannelBox build() {
            if (broker != null && history != null) {
                throw new IllegalStateException("A broker keeps the histories itself: for one node say"
                        + " broker(new LocalBroker(history)); over Redis leave history(...) out, and close the broker"
                        + " that was connected for this.");
            }
            return new ChannelBox(this);
        }

        private Broker broker() {
            Broker inner = broker == null
                    ? new LocalBroker(history == null ? new InMemoryHistoryStore(clock) : history, nanoTime)
                    : broker;
            return requireNonNull(aroundBroker.apply(inner), "the broker that aroundBroker() answered");
        }

        private BoxConfig config() {
            List<ChannelInterceptor> outbound = new ArrayList<>(interceptors);
            Collections.reverse(outbound);
            return new BoxConfig(
                    clock,
                    nanoTime,
                    historyCodec,
                    expires,
                    outbox,
                    outboxes,
                    sendTimeout,
                    closeTimeout,
                    pingInterval,
                    pongTimeout,
                    drainOver,
                    returnSpread,
                    random,
                    stuckAfter,
                    new TrafficLog(unlogged),
                    access,
                    limits,
                    Map.copyOf(kinds),
                    List.copyOf(interceptors),
                    List.copyOf(outbound));
        }
    }
}
