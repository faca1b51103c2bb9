package io.channelbox.examples.room;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with its rooms in a file, killed while people write: nothing that was confirmed is lost, doubled, or out of order. */
class SurvivalIT {

    private static final int KILLS = 3;
    private static final int BETWEEN = 150; // confirmations

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void start() throws Exception {
        program = Program.in(folder);
    }

    @AfterEach
    void stop() {
        program.close();
        threads.shutdownNow();
    }

    @Test
    void everyConfirmedMessageIsThereOnceAndInOrderForEveryoneHoweverOftenItIsKilled() throws Exception {
        var confirmations = new Semaphore(0);
        var enough = new AtomicBoolean();
        List<RoomWriter> writers = new ArrayList<>();
        List<CompletableFuture<Void>> writing = new ArrayList<>();
        for (String user : List.of("ann", "bob", "carla", "dave", "eve")) {
            var writer = new RoomWriter(program, user, confirmations);
            writers.add(writer);
            writing.add(CompletableFuture.runAsync(() -> write(writer, enough), threads));
        }

        for (int kill = 0; kill < KILLS; kill++) {
            assertTrue(confirmations.tryAcquire(BETWEEN, 120, SECONDS), "nobody gets on");
            program.kill();
            program.start();
        }
        assertTrue(confirmations.tryAcquire(BETWEEN, 120, SECONDS), "nobody gets on");
        enough.set(true);
        CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new)).get(120, SECONDS);

        Map<String, Long> confirmed = new HashMap<>();
        writers.forEach(writer -> confirmed.putAll(writer.confirmed()));
        long top = confirmed.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        var fresh = new RoomWriter(program, "zoe", confirmations);
        fresh.readUpTo(top);
        assertTrue(fresh.said().containsAll(newest(confirmed, fresh.said().size())), "a newcomer misses something");
        for (RoomWriter writer : writers) {
            writer.readUpTo(top);
            assertEquals(confirmed.keySet(), new HashSet<>(writer.said()));
            assertEquals(confirmed.size(), writer.said().size(), "something is there twice");
            assertEquals(writers.get(0).said(), writer.said());
            writer.confirmed().keySet().forEach(text -> assertTrue(writer.said().contains(text)));
            assertInOrder(new ArrayList<>(writer.confirmed().keySet()), writer.said());
        }
    }

    private static List<String> newest(Map<String, Long> confirmed, int count) {
        return confirmed.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void assertInOrder(List<String> own, List<String> all) {
        assertEquals(own, all.stream().filter(own::contains).toList());
    }

    private static void write(RoomWriter writer, AtomicBoolean enough) {
        try {
            writer.write(enough::get);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
