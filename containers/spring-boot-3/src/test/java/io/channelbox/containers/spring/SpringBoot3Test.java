package io.channelbox.containers.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Authenticators;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InMemoryConversationStore;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.realtime.LiveConversations;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.message.UserId;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;

@Timeout(60)
class SpringBoot3Test {

    private static final UserId ANN = new UserId("ann");

    @SpringBootApplication
    static class Application {

        @Bean
        ChannelBox box() {
            return ChannelBox.builder()
                    .historyCodec(
                            Topics.in(JsonStyle.DEFAULT.payloadIn("payload")).codec())
                    .build();
        }

        /** Closes the box before the web server ends its connections. */
        @Bean
        SmartLifecycle farewell(ChannelBox box) {
            return new SmartLifecycle() {

                private volatile boolean running;

                @Override
                public void start() {
                    running = true;
                }

                @Override
                public void stop() {
                    box.close();
                    running = false;
                }

                @Override
                public boolean isRunning() {
                    return running;
                }
            };
        }

        @Bean
        LiveConversations live(ChannelBox box, InMemoryConversationStore store) {
            return LiveConversations.in(box, store);
        }

        @Bean
        InMemoryConversationStore store() {
            return new InMemoryConversationStore();
        }

        @Bean
        Conversations conversations(InMemoryConversationStore store, LiveConversations live) {
            return Conversations.in(store).listener(live).build();
        }

        @Bean
        ServletListenerRegistrationBean<ServletContextListener> chat(
                ChannelBox box, LiveConversations live, Conversations conversations) {
            Topics topics = live.addTo(Topics.in(JsonStyle.DEFAULT.payloadIn("payload")), conversations);
            ChatEndpoints endpoints = ChatEndpoints.of(box)
                    .authenticate(Authenticators.query("token", token -> AuthResult.accept(User.named(token))))
                    .mount("/chat", topics.hub());
            return new ServletListenerRegistrationBean<>(new ServletContextListener() {
                @Override
                public void contextInitialized(ServletContextEvent event) {
                    endpoints.deployTo(event.getServletContext());
                }
            });
        }
    }

    /** What a client is told, whole messages only. */
    private static final class Listening implements WebSocket.Listener {

        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                told.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            told.add("closed with " + status);
            return CompletableFuture.completedFuture(status);
        }

        String next() throws InterruptedException {
            return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
        }
    }

    @Test
    void aConversationIsHeardOverTheSocketOfABootApplicationWhichLetsGoWhenItEnds() throws Exception {
        var listening = new Listening();
        try (ConfigurableApplicationContext application =
                SpringApplication.run(Application.class, "--server.port=0", "--spring.main.banner-mode=off")) {
            int port = Objects.requireNonNull(((ServletWebServerApplicationContext) application).getWebServer())
                    .getPort();
            var conversations = application.getBean(Conversations.class);
            Conversation lunch = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of());
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + port + "/chat?token=ann"), listening)
                    .get(20, TimeUnit.SECONDS);

            socket.sendText("{\"type\":\"subscribe\",\"topic\":\"conversation:" + lunch.id() + "\"}", true)
                    .get(20, TimeUnit.SECONDS);
            String subscribed = listening.next();
            conversations.send(ANN, lunch.id(), MessageDraft.text("noon?"));
            String said = listening.next();

            assertTrue(subscribed.contains("subscribed"), subscribed);
            assertTrue(said.contains("noon?"), said);
        }
        assertEquals("closed with 1001", listening.next());
    }
}
