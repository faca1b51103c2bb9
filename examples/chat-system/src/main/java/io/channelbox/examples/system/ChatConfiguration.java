package io.channelbox.examples.system;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.auth.Authenticators;
import io.channelbox.channel.ChannelBox;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.ConversationListener;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.MessageFilter;
import io.channelbox.conversation.Moderators;
import io.channelbox.conversation.NotificationSink;
import io.channelbox.conversation.Notifications;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.moderation.WordFilter;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.event.ChatEventListener;
import io.channelbox.examples.system.edge.BodyLimit;
import io.channelbox.examples.system.live.ConversationConsumer;
import io.channelbox.examples.system.live.OnlineUsers;
import io.channelbox.examples.system.live.PeopleTopic;
import io.channelbox.examples.system.live.Writers;
import io.channelbox.examples.system.operation.Farewell;
import io.channelbox.examples.system.operation.LoggedNotifications;
import io.channelbox.examples.system.operation.Upkeeping;
import io.channelbox.examples.system.people.Tokens;
import io.channelbox.examples.system.people.Users;
import io.channelbox.examples.system.uploads.Uploads;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.jdbc.JdbcStores;
import io.channelbox.message.UserId;
import io.channelbox.redis.RedisChat;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** What the chat is made of. Each bean closes itself when the application stops, those that use others first. */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.payloadIn("payload").naming(Naming.SNAKE_CASE);

    @Bean
    DataFolder dataFolder(ChatProperties properties) throws IOException {
        return DataFolder.open(properties.data(), properties.isOneOfSeveral());
    }

    @Bean
    BodyLimit bodyLimit(ChatProperties properties) {
        return new BodyLimit(properties.largestUpload());
    }

    /** The folder comes first, as the database may be a file in it. */
    @Bean
    @DependsOn("dataFolder")
    HikariDataSource database(ChatProperties properties) {
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

    /** What was told on sockets is kept in the database, or where all programs are one chat. */
    @Bean
    ChannelBox box(JdbcStores stores, ChatProperties properties, ObjectProvider<ChatEventListener> listeners) {
        ChannelBox.Builder builder =
                ChannelBox.builder().historyCodec(Topics.in(STYLE).codec()).codecs(ConversationConsumer.JSON);
        if (properties.isOneOfSeveral()) {
            builder.broker(
                    RedisChat.builder(properties.redis()).prefix("chat-system").connect());
        } else {
            builder.history(stores.history());
        }
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
    Uploads uploads(DataFolder folder) {
        return new Uploads(folder.uploads());
    }

    @Bean
    LiveConversations live(ChannelBox box, ConversationStore store) {
        return LiveConversations.in(box, store);
    }

    @Bean
    OnlineUsers onlineUsers(
            ChannelBox box, ConversationStore store, Users users, ObjectProvider<Conversations> conversations) {
        return new OnlineUsers(
                box, store, users, user -> conversations.getObject().seen(user));
    }

    @Bean
    Writers writers(ChannelBox box, OnlineUsers online, Users users) {
        return new Writers(box, online.presence(), users);
    }

    /** People who are away are told by the sink of the application, where it has one. */
    @Bean
    @ConditionalOnBooleanProperty("chat.notify")
    Notifications notifications(
            ObjectProvider<NotificationSink> sink,
            ConversationStore store,
            @Qualifier("applicationTaskExecutor") Executor executor,
            OnlineUsers online) {
        return Notifications.to(sink.getIfAvailable(LoggedNotifications::new), store, executor)
                .awayWhen(user -> !online.presence().isOnline(user))
                .build();
    }

    /** Who moderates every group. An application that knows its staff otherwise replaces this bean. */
    @Bean
    Moderators moderators(ChatProperties properties) {
        Set<UserId> users = properties.moderators().stream().map(UserId::new).collect(Collectors.toUnmodifiableSet());
        return users::contains;
    }

    /** Whatever listens to conversations, or filters what is said in them, is a bean; those of an application too. */
    @Bean
    Conversations conversations(
            ConversationStore store,
            Users users,
            Moderators moderators,
            ChatProperties properties,
            ObjectProvider<ConversationListener> listeners,
            ObjectProvider<MessageFilter> filters) {
        Conversations.Builder builder = Conversations.in(store).directory(users).moderators(moderators);
        listeners.forEach(builder::listener);
        if (!properties.words().isEmpty()) {
            builder.filter(WordFilter.refusing(properties.words()));
        }
        filters.forEach(builder::filter);
        return builder.build();
    }

    @Bean
    Moderation moderation(Conversations conversations, ConversationStore store) {
        return Moderation.of(conversations, store);
    }

    @Bean
    Upkeeping upkeeping(Conversations conversations, ChatProperties properties) {
        return new Upkeeping(conversations.upkeep(), properties.keepMessages(), properties.archiveAfter());
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
