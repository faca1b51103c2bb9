package io.channelbox.testkit;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.PathTemplate;
import io.channelbox.auth.Subprotocols;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.Scheduler;
import io.channelbox.codec.FrameCodec;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerDescription;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.consumer.EndpointDescription;
import io.channelbox.event.ChatEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A chat server without a network, threads or waiting. Consumers are mounted as on a real one; clients connect to it by path;
 * what one side says has reached the other side when the call returns; time passes when the test says so.
 *
 * <pre>{@code
 * var chat = TestChat.create().mount("/ws/chat/{room_id}", RoomConsumer::new);
 * TestClient ann = chat.user("ann").connect("/ws/chat/7"), bob = chat.user("bob").connect("/ws/chat/7");
 * ann.send(new Say("hello"));
 * assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
 * }</pre>
 *
 * <p>To be used by one thread at a time.
 */
public final class TestChat implements AutoCloseable {

    private final ManualClock clock;
    private final ManualExecutor executor;
    private final List<ChatEvent> events = new CopyOnWriteArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();
    private final RecordingBroker broker = new RecordingBroker();
    private final ChannelBox box;
    private Subprotocols subprotocols = Subprotocols.NONE;
    private Authenticator authenticator = Authenticator.guests();
    private boolean killed;

    private record Mount(EndpointDescription description, Supplier<? extends ChannelConsumer<?>> factory) {

        PathTemplate path() {
            return description.path();
        }

        ConsumerOptions options() {
            return description.options();
        }
    }

    private TestChat(
            UnaryOperator<ChannelBox.Builder> settings,
            ManualClock clock,
            ManualExecutor executor,
            Scheduler scheduler) {
        this.clock = clock;
        this.executor = executor;
        this.box = settings.apply(ChannelBox.builder().random(() -> 0))
                .clock(clock)
                .nanoTime(clock::nanoTime)
                .scheduler(scheduler)
                .executor(executor)
                .listen(events::add)
                .aroundBroker(broker::around)
                .build();
    }

    /** Returns a server whose box has the default settings. */
    public static TestChat create() {
        return with(settings -> settings);
    }

    /** Returns a server whose box has these settings; clocks, executor and scheduler are the kit's. */
    public static TestChat with(UnaryOperator<ChannelBox.Builder> settings) {
        var clock = new ManualClock();
        var executor = new ManualExecutor();
        return new TestChat(
                settings,
                clock,
                executor,
                (period, work) -> clock.every(period, () -> {
                    work.run();
                    executor.runAll(); // so that what one tick brings has happened before the next one
                }));
    }

    /** Returns one of several servers that live by one clock. */
    static TestChat onNode(
            UnaryOperator<ChannelBox.Builder> settings,
            ManualClock clock,
            ManualExecutor executor,
            Scheduler scheduler) {
        return new TestChat(settings, clock, executor, scheduler);
    }

    /**
     * Mounts a consumer on a path, as {@code ChatEndpoints} does.
     *
     * @throws IllegalStateException when something is wrong with its messages or handlers
     */
    public TestChat mount(String path, Supplier<? extends ChannelConsumer<?>> factory) {
        return mount(path, ConsumerOptions.DEFAULT, factory);
    }

    /** Mounts a consumer on a path, with options. */
    public TestChat mount(String path, ConsumerOptions options, Supplier<? extends ChannelConsumer<?>> factory) {
        mounts.add(new Mount(
                new EndpointDescription(new PathTemplate(path), options, ConsumerDescription.of(factory)), factory));
        return this;
    }

    /** Speaks these subprotocols, as {@code ChatEndpoints} does: of those a client offers, the first that is spoken is agreed on. */
    public TestChat subprotocols(String... names) {
        subprotocols = Subprotocols.of(names);
        return this;
    }

    /** Asks this authenticator about everyone who connects without being named by {@link #user}; guests by default. */
    public TestChat authenticate(Authenticator asked) {
        authenticator = Objects.requireNonNull(asked, "authenticator");
        return this;
    }

    /** Returns someone who connects as the user of this name, without being authenticated. */
    public TestUser user(String name) {
        return user(User.named(name));
    }

    /** Returns someone who connects as this user, without being authenticated. */
    public TestUser user(User user) {
        return new TestUser(this, Optional.of(user));
    }

    /** Returns someone about whom the authenticator is asked. */
    public TestUser anyone() {
        return new TestUser(this, Optional.empty());
    }

    /** Returns the box. */
    public ChannelBox box() {
        return box;
    }

    /** Returns the clock the box lives by. */
    public ManualClock clock() {
        return clock;
    }

    /** Lets time pass, and all that happens meanwhile happen. */
    public void advance(Duration time) {
        settle();
        clock.advance(time);
        settle();
    }

    /** Does all work that waits. The verbs of a client do so by themselves; a test that broadcasts from outside may need it. */
    public void settle() {
        executor.runAll();
    }

    /** Returns what the box has told its listeners so far, as a snapshot. */
    public List<ChatEvent> events() {
        return List.copyOf(events);
    }

    /** Records from now on what is broadcast, until what this returns is closed. What is broadcast is also delivered. */
    public RecordedBroadcasts recordBroadcasts() {
        return broker.record(false);
    }

    /** Records from now on what is broadcast, until what this returns is closed, and neither keeps nor delivers any of it. */
    public RecordedBroadcasts suppressBroadcasts() {
        return broker.record(true);
    }

    /**
     * Ends all connections and closes the box. A consumer's {@code onDisconnect} has run when this returns.
     *
     * @throws AssertionError when a consumer has failed and the test has not looked at it
     */
    @Override
    public void close() {
        clients.forEach(TestClient::abandon);
        settle();
        box.close(Duration.ZERO);
        settle();
        clients.forEach(client -> client.refuseUnseenFailure("a consumer failed, and the test did not look at it"));
    }

    /** Nobody is to be answered any more. */
    void kill() {
        killed = true;
    }

    void requireRunning() {
        if (killed) {
            throw new IllegalStateException("This node was killed, for good: TestCluster.add() starts another one");
        }
    }

    TestClient connect(Optional<User> known, String pathAndQuery, UnaryOperator<Handshake.Builder> details) {
        requireRunning();
        String[] parts = pathAndQuery.split("\\?", 2);
        for (Mount mount : mounts) {
            Optional<Map<String, String>> parameters = mount.path().match(parts[0]);
            if (parameters.isPresent()) {
                Handshake.Builder handshake = Handshake.at(parts[0])
                        .pathParameters(parameters.get())
                        .speaking(mount.description().speaking(subprotocols));
                if (parts.length == 2) {
                    handshake.rawQuery(parts[1]);
                }
                var client = new TestClient(this, mount.description().consumer().codec());
                admit(client, mount, known, details.apply(handshake).build());
                return client;
            }
        }
        var client = new TestClient(this, FrameCodec.INSTANCE);
        client.refuse(new AuthResult.Rejected(AuthResult.Reason.NOT_FOUND, "nothing is mounted at " + parts[0]));
        return client;
    }

    private void admit(TestClient client, Mount mount, Optional<User> known, Handshake handshake) {
        AuthResult result =
                box.refusal().<AuthResult>map(refused -> refused).orElseGet(() -> authenticated(known, handshake));
        if (result instanceof AuthResult.Rejected rejected) {
            refuse(client, mount, rejected);
        } else {
            open(client, mount, handshake, (AuthResult.Accepted) result);
        }
        settle();
    }

    private void open(TestClient client, Mount mount, Handshake handshake, AuthResult.Accepted accepted) {
        handshake.subprotocol().ifPresent(client::agreeOn);
        ConsumerSession session;
        try {
            session = ConsumerSession.open(
                    box, mount.factory().get(), client.connection(), handshake, accepted, mount.options());
        } catch (CloseException refused) { // since it was admitted
            if (box.admission(accepted) instanceof AuthResult.Rejected rejected) {
                refuse(client, mount, rejected);
                return;
            }
            throw refused;
        }
        client.accept(session);
        clients.add(client);
    }

    private void refuse(TestClient client, Mount mount, AuthResult.Rejected rejected) {
        client.refuse(rejected);
        if (mount.options().tellingAuthentication() && rejected.reason() != AuthResult.Reason.UNAVAILABLE) {
            ConsumerSession.refuse(box, mount.factory().get(), client.connection(), rejected);
        }
    }

    private AuthResult authenticated(Optional<User> known, Handshake handshake) {
        return box.admission(known.map(AuthResult::accept)
                .orElseGet(() -> Objects.requireNonNull(
                        authenticator.authenticate(handshake),
                        "the authenticator answered null; answer AuthResult.notAuthenticated(...) to refuse")));
    }
}
