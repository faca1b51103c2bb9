package io.channelbox.jakarta.websocket;

import static java.util.Objects.requireNonNull;

import io.channelbox.auth.Authenticator;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.PathTemplate;
import io.channelbox.auth.Subprotocols;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.EndpointDescription;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Mounts consumers on the paths of a web application:
 *
 * <pre>{@code
 * ChatEndpoints.of(box).authenticate(tokens).mount("/ws/chat/{room_id}", RoomConsumer::new).deployTo(servletContext);
 * }</pre>
 *
 * <p>Immutable: every method returns what it makes, so keep the result. The box stays yours: close it before the container
 * stops.
 */
public final class ChatEndpoints {

    private final ChannelBox box;
    private final Authenticator authenticator;
    private final Origins origins;
    private final Subprotocols subprotocols;
    private final List<Mount> mounts;
    private final OptionalInt threadsToSpare;
    private final boolean portable;

    private ChatEndpoints(
            ChannelBox box,
            Authenticator authenticator,
            Origins origins,
            Subprotocols subprotocols,
            List<Mount> mounts,
            OptionalInt threadsToSpare,
            boolean portable) {
        this.box = requireNonNull(box, "box");
        this.authenticator = requireNonNull(authenticator, "authenticator");
        this.origins = origins;
        this.subprotocols = subprotocols;
        this.mounts = List.copyOf(mounts);
        this.threadsToSpare = threadsToSpare;
        this.portable = portable;
    }

    /** Returns endpoints for this box: for guests, and for pages of the server's own host, unless told otherwise. */
    public static ChatEndpoints of(ChannelBox box) {
        return new ChatEndpoints(
                box,
                Authenticator.guests(),
                Origins.SAME_HOST,
                Subprotocols.NONE,
                List.of(),
                OptionalInt.empty(),
                false);
    }

    /** Asks this authenticator who connects. */
    public ChatEndpoints authenticate(Authenticator by) {
        return new ChatEndpoints(box, by, origins, subprotocols, mounts, threadsToSpare, portable);
    }

    /**
     * Lets pages of these origins connect too. {@code https://chat.example:8443} is the origin with this scheme and port,
     * {@code chat.example} that host by http or https on the usual port, and {@code .chat.example} the host and all that is below
     * it. Pages of the host they connect to always may, and so may programs, which name no origin; all others are refused.
     *
     * @throws IllegalArgumentException when one is none of these; {@code *} is not a pattern
     */
    public ChatEndpoints allowOrigins(String... more) {
        return new ChatEndpoints(
                box,
                authenticator,
                origins.allowing(Arrays.asList(requireNonNull(more, "origins"))),
                subprotocols,
                mounts,
                threadsToSpare,
                portable);
    }

    /** Lets pages of any origin connect. Then nothing but the authenticator protects users who are logged in by a cookie. */
    public ChatEndpoints allowAnyOrigin() {
        return new ChatEndpoints(box, authenticator, Origins.ANY, subprotocols, mounts, threadsToSpare, portable);
    }

    /**
     * Speaks these subprotocols: of those a client offers, in the client's order, the first that is spoken is agreed on. Where a mount's
     * codec {@linkplain io.channelbox.codec.Codec#writesJson writes JSON}, the library's own is spoken without being named:
     * {@value Subprotocols#CHANNELBOX_V1}.
     *
     * @throws IllegalArgumentException when one is no name that a client may offer, could be a token, see
     *     {@link Authenticators#subprotocol}, or is the library's own
     */
    public ChatEndpoints subprotocols(String... names) {
        return new ChatEndpoints(box, authenticator, origins, Subprotocols.of(names), mounts, threadsToSpare, portable);
    }

    /**
     * Keeps up to this many of the container's threads at a time for what they have read. A consumer that has nothing else to do works on
     * the thread that brought its message, for as long as its callback takes, on a quarter of them at most, but on one at least; and a client that sends faster than its consumer
     * works is slowed down, by letting the thread that reads from it wait for up to five seconds. Without this call it is 32 on
     * Tomcat and Jetty, and none elsewhere. Where no thread is to spare, consumers work on the box's executor, but for those that never block, see
     * {@link ConsumerOptions#neverBlocking()}, and who sends too fast is closed with 1013 when its backlog is full.
     *
     * <p>Choose a fraction of the threads your container reads with: whatever is as large as their number, which nobody tells us, lets clients
     * that send too fast take all of them, and nobody else is served meanwhile. Zero keeps all work of consumers off them that may block. Not for
     * Undertow, where this has no effect or the container collects in memory what we do not take.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public ChatEndpoints slowingSenders(int threads) {
        if (threads < 0) {
            throw new IllegalArgumentException("slowingSenders must not be negative, was " + threads
                    + ". Zero keeps none of the container's threads.");
        }
        return new ChatEndpoints(box, authenticator, origins, subprotocols, mounts, OptionalInt.of(threads), portable);
    }

    /**
     * Sends by the asynchronous remote of the Jakarta API alone. Without this call, frames leave by the container's own API on Undertow
     * and embedded Jetty, which takes text as bytes and several waiting frames at once, and on Tomcat by the blocking remote, on a few
     * threads of the library's own. What arrives is the same.
     */
    public ChatEndpoints portable() {
        return new ChatEndpoints(box, authenticator, origins, subprotocols, mounts, threadsToSpare, true);
    }

    /**
     * Mounts a consumer on a path, which may have parameters: {@code /ws/chat/{room_id}}.
     *
     * @param factory makes a new consumer for each connection, on the container's thread, and one now, to be looked at
     * @throws IllegalArgumentException when a path could belong to this and to another mount
     * @throws IllegalStateException when something is wrong with the consumer's messages or handlers; the text says what
     */
    public ChatEndpoints mount(String path, Supplier<? extends ChannelConsumer<?>> factory) {
        return mount(path, ConsumerOptions.DEFAULT, factory);
    }

    /** Like {@link #mount(String, Supplier)}, with options of its own. */
    public ChatEndpoints mount(String path, ConsumerOptions options, Supplier<? extends ChannelConsumer<?>> factory) {
        var added = new Mount(new PathTemplate(path), options, factory);
        added.describe();
        for (Mount mount : mounts) {
            if (mount.overlaps(added)) {
                throw new IllegalArgumentException("'" + path + "' and '" + mount.path()
                        + "' could be the same path. Mount each consumer on a path of its own, as in /chat/{room} and"
                        + " /news/{room}");
            }
        }
        List<Mount> all = new ArrayList<>(mounts);
        all.add(added);
        return new ChatEndpoints(box, authenticator, origins, subprotocols, all, threadsToSpare, portable);
    }

    /**
     * Deploys the endpoints to a web application that is starting: call it in {@code contextInitialized} of a
     * {@link jakarta.servlet.ServletContextListener}, or wherever your container is set up. Who is refused gets an HTTP
     * answer where the application still takes a filter, and else a close code. When the application stops, the channels
     * are closed with 1001. Deploying the same endpoints to the same
     * application again does nothing.
     *
     * @throws IllegalStateException when the application has no WebSockets, or the paths are taken; the text says what to do
     */
    public void deployTo(ServletContext application) {
        var channels = new OpenChannels(box);
        Reception reception = reception();
        var deployment = new Deployment(requireNonNull(application, "application"));
        var readers = new Readers(threadsToSpare.orElseGet(deployment::threadsToSpare));
        List<Mount> speaking = speaking();
        ConnectionFactory connections = connections();
        deployment.deploy(
                this,
                configs(speaking, reception, channels, readers, connections),
                new HandshakeFilter(speaking, reception, channels, connections),
                speaking);
    }

    /**
     * Returns one config per mount, for those who deploy themselves and for containers without servlets. Who is refused is
     * closed with 4401, 4403, 4404, 4429, 1011 or 1013.
     */
    public List<ServerEndpointConfig> toConfigs() {
        return configs(
                speaking(), reception(), new OpenChannels(box), new Readers(threadsToSpare.orElse(0)), connections());
    }

    /** Returns what is mounted, for a description of the protocol: {@link io.channelbox.asyncapi.AsyncApi}. */
    public List<EndpointDescription> describe() {
        return mounts.stream().map(Mount::describe).toList();
    }

    /** Whoever is authenticated is let in, unless the box lets nobody of that name in now. */
    private Reception reception() {
        return new Reception(box::refusal, handshake -> box.admission(authenticator.authenticate(handshake)), origins);
    }

    private List<Mount> speaking() {
        return mounts.stream().map(mount -> mount.speaking(subprotocols)).toList();
    }

    private List<ServerEndpointConfig> configs(
            List<Mount> speaking,
            Reception reception,
            OpenChannels channels,
            Readers readers,
            ConnectionFactory connections) {
        if (speaking.isEmpty()) {
            throw new IllegalStateException(
                    "No consumer is mounted. Call mount(\"/ws/chat/{room_id}\", RoomConsumer::new) first and go on with"
                            + " what it returns.");
        }
        return speaking.stream()
                .map(mount -> ServerEndpointConfig.Builder.create(
                                ChatEndpoint.class, mount.path().value())
                        .subprotocols(mount.subprotocols().names())
                        .configurator(new MountConfigurator(
                                mount, reception, () -> new ChatEndpoint(box, mount, channels, readers, connections)))
                        .build())
                .toList();
    }

    /** Returns what makes the connections of one deployment. */
    ConnectionFactory connections() {
        return portable ? ConnectionFactory.portable() : ConnectionFactory.preferringNative();
    }
}
