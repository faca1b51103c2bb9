package io.channelbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.fake.Census;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CensusTest {

    @SuppressWarnings("UnusedVariable") // they are read by reflection
    private static class Kept {
        final Map<String, String> names = new HashMap<>();
        final AtomicInteger open = new AtomicInteger();
        final Cache<String, String> recent = Caffeine.newBuilder().build();
        final Optional<Lane> spare = Optional.of(new Lane());
        final Lane[] lanes = {new Lane(), new Lane()};
        final Runnable noting = () -> names.clear();
        boolean busy;
    }

    @SuppressWarnings("UnusedVariable")
    private static final class House extends Kept {
        int visits;
    }

    private static final class Lane {
        final Queue<String> waiting = new ArrayDeque<>();
    }

    private final House house = new House();

    @Test
    void whatIsEmptyCountsNothing() {
        Map<String, Long> census = Census.of("house", house);

        assertEquals(
                Map.of(
                        "house.names", 0L,
                        "house.open", 0L,
                        "house.recent", 0L,
                        "house.spare.waiting", 0L,
                        "house.lanes[].waiting", 0L,
                        "house.busy", 0L,
                        "house.visits", 0L),
                census);
    }

    @Test
    void whatIsLeftBehindIsFoundWhereverItIs() {
        house.names.put("ann", "Ann");
        house.open.incrementAndGet();
        house.recent.put("key", "value");
        house.spare.orElseThrow().waiting.add("a");
        house.lanes[0].waiting.add("b");
        house.lanes[1].waiting.add("c");
        house.busy = true;
        house.visits = 7;

        Map<String, Long> census = Census.of("house", house);

        assertEquals(
                Map.of(
                        "house.names", 1L,
                        "house.open", 1L,
                        "house.recent", 1L,
                        "house.spare.waiting", 1L,
                        "house.lanes[].waiting", 2L,
                        "house.busy", 1L,
                        "house.visits", 7L),
                census);
    }
}
