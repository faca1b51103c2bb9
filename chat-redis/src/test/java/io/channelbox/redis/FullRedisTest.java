package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.broker.Cluster.Health;
import io.channelbox.message.TooLargeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisServer;

/** A Redis that answers, and takes nothing or not all. */
@Timeout(60)
class FullRedisTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.channelbox.cluster");

    private static void setMemory(RedisBackplane admin, String most) throws Exception {
        admin.link().commands().configSet("maxmemory", most).get(10, TimeUnit.SECONDS);
    }

    private static ListAppender<ILoggingEvent> listening() {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        LOG.addAppender(appender);
        LOG.setLevel(Level.INFO);
        return appender;
    }

    private static void stop(ListAppender<ILoggingEvent> appender) {
        LOG.setLevel(null);
        LOG.detachAppender(appender);
    }

    @Test
    void whileItsMemoryIsFullNodesAreDegradedAndSayItOnce() throws Exception {
        int port = SharedRedis.freePort();
        RedisServer server = SharedRedis.start(port);
        String uri = SharedRedis.uri(port).toString();
        ListAppender<ILoggingEvent> logged = listening();
        try (RedisBackplane admin = RedisBackplane.connect(LinkOptions.of(SharedRedis.uri(port), "admin"));
                ChatNode node = ChatNode.on(RedisChat.builder(uri).nodeTimeout(Duration.ofSeconds(1)))) {
            assertTrue(node.health().healthy());

            setMemory(admin, "1");
            Eventually.is("it is degraded", () -> !node.health().healthy());
            Health full = node.health();
            Eventually.stays(
                    Duration.ofSeconds(2),
                    "it is degraded",
                    () -> !node.health().healthy());
            setMemory(admin, "0");
            Eventually.is("it is well again", () -> node.health().healthy());

            assertTrue(full.detail().contains("raise maxmemory"), full::toString);
            List<String> said = List.copyOf(logged.list).stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(text -> text.contains("could not be seen to"))
                    .toList();
            assertEquals(1, said.size(), said::toString);
        } finally {
            stop(logged);
            server.stop();
        }
    }

    @Test
    void whatIsTooLargeIsRefusedForGood() {
        try (ChatNode node = ChatNode.on(RedisChat.builder(SharedRedis.uri().toString())
                .prefix(SharedRedis.newPrefix())
                .largestEnvelope(2_000))) {
            ChatPeer ann = node.enter("ann");

            JsonNode refused = ann.say("x".repeat(2_000));

            assertEquals("too_large", refused.path("payload").path("reason").asText(), refused::toString);
            assertTrue(refused.findPath("retryAfterMillis").isMissingNode(), refused::toString);
            assertThrows(TooLargeException.class, () -> node.say("x".repeat(2_000)));
            assertEquals("", ann.say("hello").path("payload").path("reason").asText());
        }
    }

    @Test
    void aNodeThatStopsHasLeftAndIsNotGone() {
        ListAppender<ILoggingEvent> logged = listening();
        String prefix = SharedRedis.newPrefix();
        RedisChat.Builder redis =
                RedisChat.builder(SharedRedis.uri().toString()).prefix(prefix).nodeTimeout(Duration.ofSeconds(1));
        try (ChatNode stays = ChatNode.on(redis)) {
            ChatNode leaves = ChatNode.on(redis);
            String left = "Node " + leaves.box().cluster().orElseThrow().node() + " has left";

            leaves.close();

            Eventually.is(
                    "it is told",
                    () -> List.copyOf(logged.list).stream()
                            .anyMatch(event -> event.getFormattedMessage().equals(left)));
            assertTrue(stays.health().healthy());
        } finally {
            stop(logged);
        }
    }
}
