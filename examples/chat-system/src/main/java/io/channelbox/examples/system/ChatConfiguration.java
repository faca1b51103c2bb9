package io.channelbox.examples.system;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.auth.Authenticators;
import io.channelbox.channel.ChannelBox;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.event.ChatEventListener;
import io.channelbox.examples.system.live.ConversationConsumer;
import io.channelbox.examples.system.live.OnlineUsers;
import io.channelbox.examples.system.live.PeopleTopic;
import io.channelbox.examples.system.live.Writers;
import io.channelbox.examples.system.operation.Farewell;
import io.channelbox.examples.system.people.Tokens;
import io.channelbox.examples.system.people.Users;
import io.channelbox.examples.system.uploads.Uploads;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.jdbc.JdbcStores;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the chat is made of. Each bean closes itself when the application stops, those that use others first. */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.payloadIn("payload").naming(Naming.SNAKE_CASE);

    @Bean
    HikariDataSource database(ChatProperties properties) throws IOException {
        Files.createDirectories(properties.data());
        var url = DatabaseUrl.of(properties.databaseUrl());
        var config = new HikariConfig();
        config.setJdbcUrl(url.jdbc());
        url.user().ifPresent(config::setUsername);
        url.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    @Bean
    JdbcStores stores(HikariDataSource database) {
        return JdbcStores.create(database);
    }

    @Bean
    ConversationStore conversationStore(JdbcStores stores) {
        return stores.conversations();
    }

    @Bean
    ChannelBox box(JdbcStores stores, ObjectProvider<ChatEventListener> listeners) {
        ChannelBox.Builder builder = ChannelBox.builder()
                .history(stores.history())
                .historyCodec(Topics.in(STYLE).codec());
        listeners.forEach(builder::listen);
        return builder.build();
    }

    /** Before the web server lets its requests end, everybody who is connected is told to come back later. */
    @Bean
    Farewell farewell(ChannelBox box, ChatProperties properties) {
        return new Farewell(box, properties.patience());
    }

    @Bean
    Users users(ChatProperties properties) {
        return properties.demo() ? Users.ofDemo() : Users.ofTokens();
    }

    @Bean
    Tokens tokens(ChatProperties properties, Users users) {
        return Tokens.signedWith(properties.secretKey(), properties.tokenLifetime(), users, InstantSource.system());
    }

    @Bean
    Uploads uploads(ChatProperties properties) {
        return new Uploads(properties.uploads(), properties.largestUpload().toBytes());
    }

    @Bean
    LiveConversations live(ChannelBox box, ConversationStore store) {
        return LiveConversations.in(box, store);
    }

    @Bean
    OnlineUsers onlineUsers(ChannelBox box, ConversationStore store, Users users) {
        return new OnlineUsers(box, store, users);
    }

    @Bean
    Writers writers(ChannelBox box, OnlineUsers online, Users users) {
        return new Writers(box, online.presence(), users);
    }

    @Bean
    Conversations conversations(ConversationStore store, Users users, LiveConversations live, Writers writers) {
        return Conversations.in(store)
                .directory(users)
                .listener(live)
                .listener(writers)
                .build();
    }

    @Bean
    Topics topics(LiveConversations live, Conversations conversations, OnlineUsers online, Writers writers) {
        return live.addTo(Topics.in(STYLE).presence(online.presence()), conversations)
                .topic("people", () -> new PeopleTopic(conversations, writers));
    }

    @Bean
    ChatEndpoints endpoints(
            ChannelBox box,
            Tokens tokens,
            Conversations conversations,
            OnlineUsers online,
            Topics topics,
            ChatProperties properties) {
        return ChatEndpoints.of(box)
                .authenticate(
                        Authenticators.firstOf(Authenticators.query("token", tokens), Authenticators.bearer(tokens)))
                .allowOrigins(properties.allowedOrigins().toArray(String[]::new))
                .mount("/api/v1/chat/ws/{conversation_id}", () -> new ConversationConsumer(conversations, online))
                .mount("/api/v1/chat/topics", topics.hub());
    }

    @Bean
    ServletListenerRegistrationBean<ServletContextListener> deployment(ChatEndpoints endpoints) {
        return new ServletListenerRegistrationBean<>(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                endpoints.deployTo(event.getServletContext());
            }
        });
    }
}
