package io.channelbox.examples.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.channel.ChannelBox;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.message.GroupName;
import io.channelbox.redis.RedisChat;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/** The chat as an application of any servlet container: its box, its sockets, its pages. */
final class Chat implements AutoCloseable {

    private final Optional<Data> data;
    private final ChannelBox box;
    private final Tokens tokens;
    private final ChatEndpoints endpoints;

    Chat(Settings settings) throws IOException {
        data = settings.data().isPresent() ? Optional.of(Data.in(settings.data().get())) : Optional.empty();
        var directory = new Directory();
        ChannelBox.Builder builder = Sockets.settings(ChannelBox.builder(), directory);
        data.ifPresent(file -> file.keeping(builder));
        settings.redis()
                .ifPresent(uri -> builder.broker(
                        RedisChat.builder(uri).prefix("room-chat").connect()));
        box = builder.build();
        directory.keepIn(box.group(GroupName.of(Directory.KIND, "all")));
        tokens = new Tokens(settings.secret().getBytes(UTF_8), box.clock());
        var sockets = new Sockets(box, directory);
        endpoints = ChatEndpoints.of(box)
                .authenticate(new Identity(tokens, settings.demo()))
                .mount("/ws/topics", sockets::topics)
                .mount("/ws/chat/{room_id}", sockets::room)
                .mount("/chat/{room_id}", sockets::chat)
                .mount("/presence", sockets::presence)
                .mount("/dm/{user_id}", sockets::direct);
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

    /** Tells everyone to come back later, waits until they have gone, but not for long, and closes the file. */
    @Override
    public void close() {
        box.close(Duration.ofSeconds(3));
        data.ifPresent(Data::close);
    }
}
