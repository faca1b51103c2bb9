package io.channelbox.clients;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.Topics;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.jdbc.JdbcStores;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/** A Tomcat with rooms, which can be stopped and started again at the same port. Its users are their tokens. */
final class ChatServer implements AutoCloseable {

    private static final Logger LOGGER_OF_TOMCAT = Logger.getLogger("org.apache");

    private final Path folder;
    private final boolean durable;
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private int port;
    private @Nullable Tomcat tomcat;
    private @Nullable ChannelBox box;

    private ChatServer(Path folder, boolean durable) {
        this.folder = folder;
        this.durable = durable;
    }

    /** Starts a server whose messages survive it, or do not. */
    static ChatServer start(boolean durable) throws Exception {
        LOGGER_OF_TOMCAT.setLevel(Level.SEVERE);
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        var server = new ChatServer(Files.createTempDirectory(target, "server"), durable);
        server.start();
        return server;
    }

    int port() {
        return port;
    }

    ChannelBox box() {
        return Objects.requireNonNull(box, "the server is stopped");
    }

    void start() throws Exception {
        ChannelBox.Builder builder = ChannelBox.builder();
        if (durable) {
            var database = new SQLiteDataSource();
            database.setUrl("jdbc:sqlite:" + folder.resolve("chat.db"));
            builder.history(JdbcStores.create(database).history());
        }
        ChannelBox made = builder.build();
        Topics topics = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
                .presence(Presence.in(made).grace(Duration.ofSeconds(2)).build())
                .receipts()
                .topic("room:{id}", RoomTopic::new);
        ChatEndpoints endpoints = ChatEndpoints.of(made)
                .authenticate(Authenticators.firstOf(
                        Authenticators.query("token", this::verify), Authenticators.subprotocol(this::verify)))
                .subprotocols("chat.v1")
                .mount("/ws/topics", topics.hub())
                .mount("/ws/singly", ConsumerOptions.DEFAULT.sendingSingly(), topics.hub());
        box = made;
        serve(endpoints);
    }

    private void serve(ChatEndpoints endpoints) throws Exception {
        var made = new Tomcat();
        made.setBaseDir(folder.toString());
        made.setPort(port);
        made.getConnector();
        Context context = made.addContext("", folder.toString());
        context.setResources(resources(context));
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        context.addMimeMapping("js", "text/javascript");
        context.addMimeMapping("html", "text/html");
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, application) -> endpoints.deployTo(application), null);
        made.start();
        tomcat = made;
        port = made.getConnector().getLocalPort();
    }

    /** What a container finds by itself in the jars of an application: their META-INF/resources. And the pages of the tests. */
    private static StandardRoot resources(Context context) throws URISyntaxException {
        var root = new StandardRoot(context);
        URL client = Objects.requireNonNull(
                ChatEndpoints.class.getResource("/META-INF/resources/channelbox/channelbox.js"),
                "the client is not on the class path");
        if (client.getProtocol().equals("file")) {
            Path resources = Path.of(client.toURI()).resolve("../..").normalize();
            root.addPreResources(new DirResourceSet(root, "/", resources.toString(), "/"));
        } else {
            String jar = client.getPath()
                    .substring("file:".length(), client.getPath().indexOf("!/"));
            root.addPreResources(new JarResourceSet(root, "/", jar, "/META-INF/resources"));
        }
        Path pages = Path.of("src/test/web").toAbsolutePath();
        root.addPreResources(new DirResourceSet(root, "/", pages.toString(), "/"));
        return root;
    }

    private AuthResult verify(String token) {
        return expired.contains(token)
                ? AuthResult.notAuthenticated()
                : AuthResult.accept(User.named(token.split("-", 2)[0]));
    }

    /** Says something in a room, for the server. */
    void say(String room, String text) {
        box().group(room).broadcast(new RoomTopic.Said("server", text), PublishOptions.DEFAULT.savingHistory());
    }

    /** Lets a token hold no longer, and ends the connections of its user as their end would. */
    void expire(String token) {
        expired.add(token);
        box().disconnectUser(new UserId(token.split("-", 2)[0]), CloseStatus.NOT_AUTHENTICATED);
    }

    /** Sends everybody away, with advice when to come back, and lives on until it is stopped. */
    void drain() {
        box().drain(Duration.ofSeconds(1));
    }

    /** Ends in order: peers are told, and what was accepted is there. */
    void stop() throws Exception {
        Optional.ofNullable(box).ifPresent(open -> open.close(Duration.ofSeconds(2)));
        box = null;
        Tomcat running = tomcat;
        tomcat = null;
        if (running != null) {
            running.stop();
            running.destroy();
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }
}
