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
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.jdbc.JdbcStores;
import io.channelbox.presence.Presence;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the chat is made of. Each bean closes itself when the application stops, those that use others first. */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.payloadIn("payload").naming(Naming.SNAKE_CASE);

    @Bean
    HikariDataSource database(ChatProperties properties) {
        var config = new HikariConfig();
        config.setJdbcUrl(properties.databaseUrl());
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
    ChannelBox box(JdbcStores stores) {
        return ChannelBox.builder()
                .history(stores.history())
                .historyCodec(Topics.in(STYLE).codec())
                .build();
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
    LiveConversations live(ChannelBox box, ConversationStore store) {
        return LiveConversations.in(box, store);
    }

    @Bean
    Conversations conversations(ConversationStore store, Users users, LiveConversations live) {
        return Conversations.in(store).directory(users).listener(live).build();
    }

    @Bean
    OnlineUsers onlineUsers(ChannelBox box, Conversations conversations, Users users) {
        return new OnlineUsers(box, conversations, users);
    }

    @Bean
    ChatEndpoints endpoints(ChannelBox box, Tokens tokens, Conversations conversations, LiveConversations live) {
        Topics topics = live.addTo(Topics.in(STYLE).presence(Presence.in(box).build()), conversations);
        return ChatEndpoints.of(box)
                .authenticate(
                        Authenticators.firstOf(Authenticators.query("token", tokens), Authenticators.bearer(tokens)))
                .mount("/api/v1/chat/ws/{conversation_id}", () -> new ConversationConsumer(conversations))
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
