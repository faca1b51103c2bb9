package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardHashTest {

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
