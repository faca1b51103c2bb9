package io.channelbox.containers;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Connection;
import io.channelbox.channel.OutboxLimits;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.jakarta.websocket.Connections;
import io.channelbox.testkit.ConnectionContract;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What must hold in every container, over real sockets: the tests are in the interfaces, one for each subject. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContainerSuite
        implements ConnectionContract,
                MessagesSuite,
                HandshakeSuite,
                ClosingSuite,
                SizesSuite,
                CompressionSuite,
                RoomsSuite,
                FloodSuite,
                LivenessSuite {

    private static final ConsumerOptions LARGE =
            ConsumerOptions.DEFAULT.withLargestMessage(2 << 20).withLargestBacklog(4 << 20);

    private static final ConsumerOptions SMALL = ConsumerOptions.DEFAULT.withLargestBacklog(64 << 10);

    private final AtomicInteger ids = new AtomicInteger();
    private final Journal journal = new Journal();
    private final BlockingQueue<Session> linked = new LinkedBlockingQueue<>();
    private final ChannelBox box = ChannelBox.builder()
            .outbox(OutboxLimits.DEFAULT.withBytes(64 << 20).withFrames(100_000))
            .build();

    private TestServer server;
    private TestServer linkServer;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // before all tests
    protected ContainerSuite() {}

    /** Starts the container with these endpoints, in the way its users would. */
    @Override
    public abstract TestServer start(ChatEndpoints endpoints) throws Exception;

    /** Starts the container with these endpoints and nothing of ours around them. */
    @Override
    public abstract TestServer start(List<ServerEndpointConfig> configs) throws Exception;

    /** Says what the container does that no adapter can make good. */
    @Override
    public abstract Set<Quirk> quirks();

    /** Tells whether the endpoints use nothing but the Jakarta API; a second test class of a container whose own is known says so. */
    protected boolean isPortable() {
        return false;
    }

    @BeforeAll
    void startServers() throws Exception {
        server = start(endpoints(box));
        linkServer = start(List.of(LinkEndpoint.at("/link", linked)));
    }

    @AfterAll
    void stopServers() throws Exception {
        box.close();
        server.close();
        linkServer.close();
    }

    @Override
    public Link open() throws Exception {
        return open(session -> Connections.of(session, endpoints(box)));
    }

    /** Opens a connection as a web application makes it from which the container hides its classes. */
    protected final Link openHidden() throws Exception {
        Class<?> hidden = new HidingLoader().loadClass(Connections.class.getName());
        Method of = hidden.getMethod("of", Session.class);
        return open(session -> {
            try {
                return (Connection) of.invoke(null, session);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("No connection can be made", e);
            }
        });
    }

    private Link open(Function<Session, Connection> connections) throws Exception {
        return LinkEndpoint.Link.open(linkServer.at("/link"), linked, connections);
    }

    @Override
    public final TestServer server() {
        return server;
    }

    @Override
    public final ChannelBox box() {
        return box;
    }

    @Override
    public final Journal journal() {
        return journal;
    }

    @Override
    public final String newId() {
        return "c" + ids.incrementAndGet();
    }

    /** Returns the endpoints of the suite. */
    @Override
    public final ChatEndpoints endpoints(ChannelBox of) {
        return paths(isPortable() ? ChatEndpoints.of(of).portable() : ChatEndpoints.of(of));
    }

    private ChatEndpoints paths(ChatEndpoints bare) {
        return bare.authenticate(ContainerSuite::authenticate)
                .allowOrigins("https://friend.example")
                .subprotocols("chat.v2", "chat.v1")
                .mount("/desk", () -> new Consumers.Desk(journal))
                .mount("/quick", ConsumerOptions.DEFAULT.neverBlocking(), () -> new Consumers.Desk(journal))
                .mount("/greeter", () -> new Consumers.Greeter(journal))
                .mount("/bytes", () -> new Consumers.Bytes(journal))
                .mount("/json", () -> new Consumers.Json(journal))
                .mount("/who/{room_id}", Consumers.Who::new)
                .mount("/refusing", () -> new Consumers.Refusing(journal))
                .mount("/rooms/{room}/live", () -> new Consumers.Room(journal))
                .mount("/told", ConsumerOptions.DEFAULT.tellingOfAuthentication(), () -> new Consumers.Desk(journal))
                .mount("/clerk", SMALL, () -> new Consumers.Clerk(journal))
                .mount("/packed", ConsumerOptions.DEFAULT.allowingCompression(), () -> new Consumers.Desk(journal))
                .mount("/large", LARGE, () -> new Consumers.Desk(journal));
    }

    /** Lets in whoever says {@code ?token=}, and guests; gives every wrong answer there is to those who ask for it. */
    private static AuthResult authenticate(Handshake handshake) {
        return switch (handshake.query("refuse").orElse("")) {
            case "unknown" -> AuthResult.notAuthenticated("who are you?");
            case "forbidden" -> AuthResult.forbidden("not you");
            case "nothing" -> AuthResult.notFound("no such room");
            case "broken" -> throw new IllegalStateException("secret");
            default ->
                handshake
                        .query("token")
                        .map(User::named)
                        .map(AuthResult::accept)
                        .orElseGet(() -> Authenticator.guests().authenticate(handshake));
        };
    }
}
