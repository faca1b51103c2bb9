package io.channelbox.containers.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The sample of the documentation, started. */
class ChatOnUndertowTest {

    private final ChannelBox box = ChannelBox.builder().build();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> records = new ListAppender<>();

    @BeforeEach
    void listen() {
        records.start();
        logger.addAppender(records);
    }

    @AfterEach
    void close() {
        logger.detachAppender(records);
        box.close();
    }

    @Test
    void itServesAndWarnsOfNothing() throws Exception {
        assertEquals("hello", answer(ChatEndpoints.of(box).mount("/chat", Parrot::new)));

        assertEquals(List.of(), warnings());
    }

    @Test
    void thatItCompressesNothingIsSaidOnceInTheLog() throws Exception {
        ConsumerOptions compressing = ConsumerOptions.DEFAULT.allowingCompression();

        assertEquals("hello", answer(ChatEndpoints.of(box).mount("/chat", compressing, Parrot::new)));

        assertEquals(1, warnings().size());
        assertTrue(warnings().get(0).contains("has no permessage-deflate installed"), warnings()::toString);
    }

    private List<String> warnings() {
        return records.list.stream()
                .filter(record -> record.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(record -> !record.getLoggerName().startsWith("org.xnio")) // of the client's hanging up
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private String answer(ChatEndpoints endpoints) throws Exception {
        Undertow server = ChatOnUndertow.start(endpoints, 0);
        try {
            int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            var ear = new Ear();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + port + "/chat"), ear)
                    .get(20, TimeUnit.SECONDS);
            socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
            return ear.heard.get(20, TimeUnit.SECONDS);
        } finally {
            box.close();
            server.stop();
        }
    }

    private static final class Parrot extends ChannelConsumer<String> {

        @Override
        protected void onReceive(Channel me, String message) {
            me.send(message);
        }
    }

    private static final class Ear implements WebSocket.Listener {

        private final CompletableFuture<String> heard = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            heard.complete(text.toString());
            return null;
        }
    }
}
