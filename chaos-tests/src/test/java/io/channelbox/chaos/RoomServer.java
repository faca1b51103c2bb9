package io.channelbox.chaos;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Topics;
import io.channelbox.history.Retention;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.presence.Presence;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Rooms on an embedded Tomcat. It also answers who is in one: {@code GET /members?room=room:hall}. */
final class RoomServer {

    static final String READY = "ready";
    static final Duration GRACE = Duration.ofSeconds(2);

    /** More than any run says: what is missing in the end was lost, not forgotten. */
    static final Retention EVERYTHING = Retention.DEFAULT.withCount(1_000_000).withBytes(1L << 30);

    private static final Logger LOGGER_OF_TOMCAT = Logger.getLogger("org.apache");

    private RoomServer() {}

    /** Serves the box's rooms as long as somebody reads along, and closes it. */
    static void serveUntilAskedToEnd(ChannelBox box, int port) throws IOException, LifecycleException {
        LOGGER_OF_TOMCAT.setLevel(Level.SEVERE);
        Tomcat tomcat = serve(box, port);
        System.out.println(READY);
        waitUntilAskedToEnd();
        box.close();
        tomcat.stop();
        tomcat.destroy();
    }

    private static void waitUntilAskedToEnd() throws IOException {
        while (System.in.read() != -1) {
            // what is said does not matter, only that there is somebody
        }
    }

    private static Tomcat serve(ChannelBox box, int port) throws IOException, LifecycleException {
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
        Tomcat.addServlet(context, "members", new Members(presence)).addMapping("/members");
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, application) -> endpoints.deployTo(application), null);
        tomcat.start();
        return tomcat;
    }

    /** Answers the ids of a room's members, as this server knows them. */
    private static final class Members extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final transient Presence presence;

        Members(Presence presence) {
            this.presence = presence;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            GroupName room = GroupName.of(request.getParameter("room"));
            try {
                response.getWriter()
                        .print(presence.members(room).stream()
                                .map(member -> member.id().value())
                                .collect(Collectors.joining(",")));
            } catch (StoreException e) { // it cannot know now: whoever asks asks again
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }
}
