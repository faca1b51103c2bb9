package io.channelbox.examples.typed;

import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.asyncapi.AsyncApi;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.Topics;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.jdbc.JdbcStores;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;

/** The chat as an application of any servlet container: its database, its box, its sockets, its pages. */
final class ChatServer implements AutoCloseable {

    private static final Limits LIMITS =
            Limits.NONE.withMessagesPerChannel(Rate.perSecond(10).burst(20));

    private final HikariDataSource database;
    private final JdbcStores stores;
    private final Rooms rooms;
    private final ChannelBox box;
    private final ChatEndpoints endpoints;

    ChatServer(Settings settings) throws IOException {
        database = Database.in(settings.data());
        stores = JdbcStores.create(database);
        rooms = new Rooms(database, InstantSource.system());
        box = settings(ChannelBox.builder(), rooms).history(stores.history()).build();
        Topics topics = RoomTopic.ALL;
        endpoints = ChatEndpoints.of(box)
                .authenticate(Doorkeeper.of(rooms, settings.demo()))
                .mount("/ws/chat/{room_id}/", options(settings), () -> new RoomConsumer(rooms))
                .mount("/ws/topics", topics.hub())
                .mount("/ws/topics/room/{id}", topics.only(RoomTopic.PATTERN));
        if (settings.demo()) {
            furnish();
        }
    }

    /** Rooms are for their members, nobody talks without end, and what was said is kept as {@link RoomHistory} reads it. */
    static ChannelBox.Builder settings(ChannelBox.Builder box, Rooms rooms) {
        return box.access(rooms::allow).limits(LIMITS).historyCodec(RoomHistory.CODEC);
    }

    /** The first frame says what came of the handshake; a handler that fails is answered with an error, and its connection lives. */
    static ConsumerOptions options(Settings settings) {
        ConsumerOptions options =
                ConsumerOptions.DEFAULT.tellingOfAuthentication().answeringOnFailure();
        return settings.completion() ? options.tellingOfCompletion() : options;
    }

    private void furnish() {
        Room lobby = rooms.find("lobby").orElseGet(() -> rooms.create("Lobby"));
        rooms.addMember(lobby, "ann");
        rooms.addMember(lobby, "bob");
    }

    void deployTo(ServletContext application) {
        application
                .addFilter("security", new PageSecurity())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        application.addServlet("login", new LoginServlet()).addMapping("/login", "/logout");
        application.addServlet("rooms", new RoomsServlet(rooms)).addMapping("", "/rooms");
        application.addServlet("room", new RoomServlet(rooms, box)).addMapping("/chat/*");
        application.addServlet("files", new FilesServlet()).addMapping("/files/*");
        application
                .addServlet("protocol", new ProtocolServlet(protocol()))
                .addMapping("/asyncapi.json", "/asyncapi.yaml", "/asyncapi");
        endpoints.deployTo(application);
    }

    private AsyncApi protocol() {
        return AsyncApi.of("Typed chat", "1.0.0", endpoints.describe())
                .describedAs("Rooms with members. Log in at /login first: the sockets know the session.");
    }

    /** Tells everyone to come back later, waits until they have gone, but not for long, and closes the database. */
    @Override
    public void close() {
        box.close(Duration.ofSeconds(3));
        stores.close();
        database.close();
    }
}
