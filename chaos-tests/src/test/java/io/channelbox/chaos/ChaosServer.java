package io.channelbox.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Topics;
import io.channelbox.history.Retention;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.jdbc.JdbcStores;
import io.channelbox.presence.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** The program that is restarted and killed: rooms on an embedded Tomcat, kept in a SQLite file. It ends when nobody reads along any more. */
final class ChaosServer {

    static final String READY = "ready";
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final Logger LOGGER_OF_TOMCAT = Logger.getLogger("org.apache");

    /** More than any run says: what is missing in the end was lost, not forgotten. */
    private static final Retention EVERYTHING =
            Retention.DEFAULT.withCount(1_000_000).withBytes(1L << 30);

    private ChaosServer() {}

    public static void main(String[] args) throws Exception {
        LOGGER_OF_TOMCAT.setLevel(Level.SEVERE);
        int port = Integer.parseInt(args[0]);
        try (HikariDataSource database = at(Path.of(args[1]));
                JdbcStores stores = JdbcStores.create(database)) {
            ChannelBox box = box(stores);
            Tomcat tomcat = serve(box, port);
            System.out.println(READY);
            waitUntilAskedToEnd();
            box.close();
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static void waitUntilAskedToEnd() throws IOException {
        while (System.in.read() != -1) {
            // what is said does not matter, only that there is somebody
        }
    }

    /** Two connections at a time: one of the writer, the others for who reads. */
    static HikariDataSource at(Path file) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setMaximumPoolSize(4);
        config.addDataSourceProperty("busy_timeout", "5000");
        return new HikariDataSource(config);
    }

    private static ChannelBox box(JdbcStores stores) {
        return ChannelBox.builder()
                .history(stores.history())
                .groups("room", GroupSettings.DEFAULT.saving(EVERYTHING))
                .pings(Duration.ofSeconds(2), Duration.ofSeconds(2))
                .build();
    }

    private static Tomcat serve(ChannelBox box, int port) throws Exception {
        Presence presence = Presence.in(box).grace(GRACE).build();
        Topics topics = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
                .topic(Room.PATTERN, Room::new)
                .presence(presence);
        ChatEndpoints endpoints = ChatEndpoints.of(box)
                .authenticate(Authenticators.query("user", name -> AuthResult.accept(User.named(name))))
                .mount("/ws/topics", topics.hub());
        Path base = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tomcat");
        var tomcat = new Tomcat();
        tomcat.setBaseDir(base.toAbsolutePath().toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", base.toAbsolutePath().toString());
        Tomcat.addServlet(context, "default", new DefaultServlet())
                .addMapping("/"); // without one, Tomcat asks no filter
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, application) -> endpoints.deployTo(application), null);
        tomcat.start();
        return tomcat;
    }
}
