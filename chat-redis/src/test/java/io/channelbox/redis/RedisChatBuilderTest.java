package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.UnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** What a builder refuses, before there is a connection. */
@Timeout(60)
class RedisChatBuilderTest {

    private static final Duration FOR_EVER = Duration.ofDays(400_000);

    private final RedisChat.Builder builder =
            RedisChat.builder(SharedRedis.uri().toString()).prefix(SharedRedis.newPrefix());

    private static void refuses(String text, Executable option) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, option);
        assertTrue(refused.toString().contains(text), refused::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\u00e9", "a{b}", "a\n"})
    void aPrefixThatCannotBeIsRefusedAtOnce(String prefix) {
        refuses("A-Z a-z 0-9 _ . : -", () -> builder.prefix(prefix));
    }

    @Test
    void timesThatAreTooLongAreRefusedAtOnce() {
        refuses("commandTimeout", () -> builder.commandTimeout(FOR_EVER));
        refuses("connectTimeout", () -> builder.connectTimeout(FOR_EVER));
        refuses("nodeTimeout", () -> builder.nodeTimeout(FOR_EVER));
        refuses("linger", () -> builder.linger(FOR_EVER));
        refuses("comesBackWithin", () -> builder.comesBackWithin(FOR_EVER));
        refuses("probeEvery", () -> builder.probeEvery(FOR_EVER));
    }

    @Test
    void timesThatAreTooShortAreRefusedAtOnce() {
        refuses("commandTimeout", () -> builder.commandTimeout(Duration.ZERO));
        refuses("connectTimeout", () -> builder.connectTimeout(Duration.ZERO));
        refuses("nodeTimeout must be from PT1S", () -> builder.nodeTimeout(Duration.ofMillis(999)));
        refuses("probeEvery must be from PT0.1S", () -> builder.probeEvery(Duration.ofMillis(99)));
    }

    @Test
    void theLongestTimesConnect() {
        Duration year = Duration.ofDays(365);
        Duration day = Duration.ofDays(1);

        assertDoesNotThrow(() -> builder.commandTimeout(day)
                .connectTimeout(day)
                .nodeTimeout(year)
                .linger(year)
                .comesBackWithin(year)
                .probeEvery(year)
                .connect()
                .close());
    }

    @Test
    void aClusterHasNoShards() {
        refuses(
                "exclude each other",
                () -> builder.cluster(true).shards("redis://127.0.0.1:1").connect());
    }

    @Test
    void credentialsHoldAlsoForShardsThatAreNamedAfterwards() {
        int first = SharedRedis.freePort();
        int second = SharedRedis.freePort();
        RedisServer one = SharedRedis.start(first, "requirepass secret");
        RedisServer two = SharedRedis.start(second, "requirepass secret");
        try {
            RedisChat.Builder both = RedisChat.builder("redis://127.0.0.1:" + first)
                    .credentials("default", "secret")
                    .shards("redis://127.0.0.1:" + second);

            assertDoesNotThrow(() -> both.connect().close());
        } finally {
            one.stop();
            two.stop();
        }
    }

    @Test
    void aRedisThatIsNoSentinelIsSaidToBeNone() {
        String uri = "redis-sentinel://127.0.0.1:" + SharedRedis.uri().getPort() + "/0#master";

        UnreachableException refused = assertThrows(UnreachableException.class, () -> RedisChat.connect(uri));

        assertTrue(refused.toString().contains("must be a Sentinel"), refused::toString);
        assertFalse(refused.toString().contains("minute"), refused::toString);
    }

    @Test
    void connectionsBearTheirPrefix() throws Exception {
        String prefix = SharedRedis.newPrefix();
        try (ChatNode node = ChatNode.on(SharedRedis.uri().toString(), prefix);
                RedisBackplane asking = RedisBackplane.connect(SharedRedis.options())) {
            node.say("hello");

            String list = asking.link().commands().clientList().get(10, TimeUnit.SECONDS);

            List<String> named = list.lines()
                    .filter(line -> line.contains(
                            "name=" + prefix + ':' + ProcessHandle.current().pid() + ' '))
                    .toList();
            assertEquals(2, named.size(), list);
        }
    }
}
