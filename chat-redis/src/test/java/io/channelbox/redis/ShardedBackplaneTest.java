package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.Backplane;
import io.channelbox.testkit.BackplaneContract;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardedBackplaneTest implements BackplaneContract {

    // Two prefixes on one Redis know as little of each other as two Redis.
    private final List<LinkOptions> shards = List.of(SharedRedis.options(), SharedRedis.options());

    @Override
    public Backplane newBackplane() {
        return new ShardedBackplane(shards.stream().map(RedisBackplane::connect).toList());
    }

    @Test
    void groupsAreSpreadEvenlyAndFewMoveWhenAShardIsAdded() {
        Map<Integer, Long> spread = IntStream.range(0, 40_000)
                .mapToObj(i -> ShardHash.shardOf("chat:room-" + i, 4))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long moved = IntStream.range(0, 40_000)
                .filter(i -> ShardHash.shardOf("chat:room-" + i, 4) != ShardHash.shardOf("chat:room-" + i, 5))
                .count();

        spread.values().forEach(count -> assertEquals(10_000, count, 500));
        assertTrue(moved > 7_000 && moved < 9_000, "moved " + moved);
    }

    @Test
    void namesStayWhereTheyWereInEarlierReleases() {
        assertEquals(
                List.of(3, 4, 3, 7),
                List.of("chat:room", "chat:other", "$inbox:ann", "grüße \uD83D\uDE00").stream()
                        .map(name -> ShardHash.shardOf(name, 8))
                        .toList());
    }
}
