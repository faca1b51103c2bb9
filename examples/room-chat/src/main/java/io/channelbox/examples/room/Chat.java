package io.channelbox.examples.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.consumer.JsonHeartbeat;
import io.channelbox.history.Retention;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.EnumSet;

/** The chat as an application of any servlet container: its box, its sockets, its pages. */
final class Chat implements AutoCloseable {

    private final Directory directory = new Directory();
    private final ChannelBox box = settings(ChannelBox.builder(), directory).build();
    private final Arrivals arrivals = new Arrivals();
    private final PrivateMail mail = new PrivateMail(box, directory);
    private final Tokens tokens;
    private final ChatEndpoints endpoints;

    Chat(Settings settings) {
        tokens = new Tokens(settings.secret().getBytes(UTF_8), box.clock());
        endpoints = ChatEndpoints.of(box)
                .authenticate(new Identity(tokens, settings.demo()))
                .mount("/ws/chat/{room_id}", () -> new RoomConsumer(arrivals, mail))
                .mount("/chat/{room_id}", () -> new ChatConsumer(arrivals))
                .mount("/presence", () -> new PresenceConsumer(arrivals))
                .mount("/dm/{user_id}", () -> new DirectConsumer(mail));
    }

    /** Says what is kept of which groups, and who hears of every connection before its consumer does. */
    static ChannelBox.Builder settings(ChannelBox.Builder box, Directory directory) {
        GroupSettings room = GroupSettings.DEFAULT.retaining(Retention.DEFAULT.withCount(RoomConsumer.SHOWN));
        return box.groups(RoomConsumer.KIND, room)
                .groups(ChatConsumer.KIND, room)
                .groups(
                        PrivateMail.KIND,
                        GroupSettings.DEFAULT.retaining(Retention.DEFAULT.withCount(PrivateMail.KEPT)))
                .intercept(directory)
                .intercept(JsonHeartbeat.typed("heartbeat", "heartbeat_ack"));
    }

    void deployTo(ServletContext application) {
        application
                .addFilter("security", new PageSecurity())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        application.addServlet("page", new PageServlet()).addMapping("/");
        application.addServlet("login", new LoginServlet(tokens)).addMapping("/login", "/logout", "/token");
        application.addServlet("health", new HealthServlet(box)).addMapping("/health");
        endpoints.deployTo(application);
    }

    /** Tells everyone to come back later, and waits until they have gone, but not for long. */
    @Override
    public void close() {
        box.close(Duration.ofSeconds(3));
    }
}
