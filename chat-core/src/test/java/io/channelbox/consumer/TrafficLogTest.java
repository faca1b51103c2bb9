package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.TrafficLog;
import io.channelbox.fake.TestBox;
import io.channelbox.message.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

@Isolated("the level of a logger is everybody's")
class TrafficLogTest {

    sealed interface In {}

    @TypeName("ping")
    record Ping() implements In {}

    @TypeName("say")
    record Say(String text) implements In {}

    @TypeName("pong")
    record Pong() {}

    private final Logger logger = (Logger) LoggerFactory.getLogger(TrafficLog.LOGGER);
    private final ListAppender<ILoggingEvent> records = new ListAppender<>();
    private final List<Map<String, String>> contexts = new ArrayList<>();

    private final class Room extends TypedConsumer<In> {
        @Override
        protected void onConnect(Channel me) {
            join("room");
        }

        @Override
        protected void handlers(Handlers<In> on) {
            on.answer(Ping.class, ping -> new Pong());
            on.on(Say.class, say -> {
                contexts.add(MDC.getCopyOfContextMap());
                broadcast("room", say);
            });
        }
    }

    @BeforeEach
    void listen() {
        records.start();
        logger.addAppender(records);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void listenNoLonger() {
        logger.detachAppender(records);
        logger.setLevel(null);
    }

    @Test
    void whatIsReceivedAndSentIsNotedWithItsIds() {
        Endpoint ann = Endpoint.open(new TestBox(), "ann", new Room());

        ann.send("{'type':'ping','ref':'7'}");

        String id = ann.channel().id().toString();
        assertEquals(
                List.of(
                        "received {channel=" + id + ", user=ann, path=/, action=ping, ref=7}",
                        "sent {channel=" + id + ", user=ann, path=/, action=pong, ref=7}"),
                noted());
    }

    @Test
    void whatIsPublishedIsNotedWithGroupAndMessage() {
        Endpoint ann = Endpoint.open(new TestBox(), "ann", new Room());

        ann.send("{'type':'say','text':'a secret'}");

        String published = noted().get(1);
        assertTrue(published.startsWith("published {message="), published);
        assertTrue(published.contains("group=room, action=say, user=ann"), published);
        assertFalse(noted().toString().contains("secret"));
    }

    @Test
    void whatIsLeftOutIsNotNotedAndCompletionNeverIs() {
        var test = new TestBox(settings -> settings.unlogged("ping", "pong"));
        Endpoint ann = Endpoint.open(
                test,
                User.named("ann"),
                new Room(),
                ConsumerOptions.DEFAULT.tellingOfCompletion(),
                Handshake.at("/").build());

        ann.send("{'type':'ping'}");

        assertEquals(List.of("{'type':'pong'}", "{'type':'complete'}"), ann.received());
        assertEquals(List.of(), noted());
    }

    @Test
    void whatAHandlerLogsItselfCarriesWhoseMessageItIs() {
        Endpoint ann = Endpoint.open(new TestBox(), "ann", new Room());

        ann.send("{'type':'say','text':'hi'}");

        assertEquals("ann", contexts.get(0).get("user"));
        assertEquals("say", contexts.get(0).get("action"));
        assertEquals(ann.channel().id().toString(), contexts.get(0).get("channel"));
    }

    @Test
    void withoutTheLoggerNothingIsNotedAndNothingIsPutAnywhere() {
        logger.setLevel(Level.INFO);
        Endpoint ann = Endpoint.open(new TestBox(), "ann", new Room());

        ann.send("{'type':'say','text':'hi'}");

        assertEquals(List.of(), noted());
        assertTrue(contexts.get(0) == null || contexts.get(0).isEmpty());
    }

    private List<String> noted() {
        return records.list.stream()
                .map(record -> record.getMessage() + " "
                        + record.getKeyValuePairs().stream()
                                .map(pair -> pair.key + "=" + pair.value)
                                .collect(Collectors.joining(", ", "{", "}")))
                .toList();
    }
}
