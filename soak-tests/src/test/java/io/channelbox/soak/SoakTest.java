package io.channelbox.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients come and go, read little, die, fall silent and go deaf, first for a while to warm the server up, and then for as long as
 * is asked for. Both times they leave the same behind: no more heap (2 MB), threads (2) or objects of the library (20 of any
 * class); the heap has not grown meanwhile; nothing was logged as an error; and who reads has heard everything in order. The seed
 * decides who does what; when exactly, the machine does. {@code -Dchannelbox.soak.clients=2000 -Dchannelbox.soak.minutes=30
 * -Dchannelbox.soak.container=undertow -Dchannelbox.seed=N}
 */
class SoakTest {

    private static final double MIB = 1 << 20;
    private static final double MORE_HEAP = 2 * MIB;
    private static final long MORE_THREADS = 2;
    private static final long MORE_OBJECTS = 20;
    private static final int SAMPLES_OF_A_TREND = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration LOOK_AROUND = Duration.ofMillis(200);

    /** What is left when nobody is there. */
    private record Rest(Sample sample, Map<String, Long> objects) {

        /** Returns what there is more of than before, and by how much. */
        Map<String, Long> beyond(Rest before) {
            Map<String, Long> more = new TreeMap<>();
            objects.forEach((type, count) -> {
                long added = count - before.objects.getOrDefault(type, 0L);
                if (added > MORE_OBJECTS) {
                    more.put(type, added);
                }
            });
            if (sample.heap() - before.sample.heap() > MORE_HEAP) {
                more.put("bytes of heap", sample.heap() - before.sample.heap());
            }
            if (Math.abs(sample.threads() - before.sample.threads()) > MORE_THREADS) {
                more.put("threads", sample.threads() - before.sample.threads());
            }
            return more;
        }
    }

    private final int clients = Integer.getInteger("channelbox.soak.clients", 150);
    private final Duration time = time();
    private final Duration warmUp = time.dividedBy(time.toMinutes() < 1 ? 2 : 10);
    private final Duration period = Duration.ofSeconds(Math.min(60, Math.max(2, time.toSeconds() / 10)));
    private final long seed = Long.getLong("channelbox.seed", new Random().nextLong());
    private final Container container = Container.valueOf(
            System.getProperty("channelbox.soak.container", "undertow").toUpperCase(Locale.ROOT));
    private final Random random = new Random(seed);
    private final List<String> complaints = new ArrayList<>();
    private final List<Long> heap = new ArrayList<>();
    private final Path log;
    private final ServerProcess server;

    SoakTest(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        log = folder.resolve("server.log");
        server = ServerProcess.start(container, log);
    }

    private static Duration time() {
        int minutes = Integer.getInteger("channelbox.soak.minutes", 0);
        return minutes > 0
                ? Duration.ofMinutes(minutes)
                : Duration.ofSeconds(Integer.getInteger("channelbox.soak.seconds", 8));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void whoComesAndGoesLeavesNothingBehind() throws Exception {
        say(clients + " clients on " + container + " for " + time.toSeconds() + " s, -Dchannelbox.seed=" + seed);

        play("warm-up", warmUp);
        Rest before = rest(rest -> true);
        heap.clear();
        play("run", time);
        Rest after = rest(rest -> rest.beyond(before).isEmpty());

        say("before: " + before.sample());
        say("after: " + after.sample());
        say(server.warnings() + " warnings in the log");
        after.beyond(before).forEach((what, more) -> complaints.add("left behind: " + more + " " + what));
        lookAtTheTrend();
        complaints.addAll(server.errors());
        assertEquals(List.of(), complaints, () -> "seed " + seed + ", log " + log);
    }

    private void play(String name, Duration howLong) throws Exception {
        var ledger = new Ledger();
        try (var loop = new Loop()) {
            var crowd = new Crowd(loop, server.port(), clients, new Random(random.nextLong()), ledger);
            await(crowd.open(), loop);
            Sample first = sample(name);
            long from = System.nanoTime();
            long heard = heard(loop, ledger);
            while (System.nanoTime() - from < howLong.toNanos()) {
                failAfter(period, loop);
                heap.add(sample(name).heap());
            }
            Sample last = server.sample();
            double seconds = (System.nanoTime() - from) / 1e9;
            double deliveries = heard(loop, ledger) - heard;
            await(crowd.end(), loop);
            double cpu = last.cpu() - first.cpu();
            say("%s: %.0f deliveries a second, %.1f us of the server's CPU each, %.0f %% of a core"
                    .formatted(name, deliveries / seconds, cpu / 1e3 / deliveries, cpu / 1e7 / seconds));
        }
        say(name + ": " + ledger);
        ledger.complaints().forEach(complaint -> complaints.add(name + " " + complaint));
    }

    private Sample sample(String name) throws IOException {
        Sample sample = server.sample();
        say(name + ": " + sample);
        return sample;
    }

    private static long heard(Loop loop, Ledger ledger) throws Exception {
        var heard = new CompletableFuture<Long>();
        loop.execute(() -> heard.complete(ledger.counted("heard")));
        await(heard, loop);
        return heard.join();
    }

    private static void await(CompletableFuture<?> event, Loop loop) throws Exception {
        CompletableFuture.anyOf(event, loop.failure()).get(2 * LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns when the time is over, unless the clients fail. */
    private static void failAfter(Duration time, Loop loop) throws InterruptedException, ExecutionException {
        try {
            loop.failure().get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // nothing has failed
        }
    }

    /** Waits until the server knows that nobody is there, and what it does about it is done: until this is so, or nothing changes any more. */
    private Rest rest(Predicate<Rest> isExpected) throws Exception {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        Sample sample = server.sample();
        while (!sample.isEmpty() && System.nanoTime() < deadline) {
            server.runFor(LOOK_AROUND);
            sample = server.sample();
        }
        if (!sample.isEmpty()) {
            complaints.add("left behind: " + sample);
        }
        server.settle();
        Rest rest = new Rest(server.sample(), server.objects());
        Rest last;
        do {
            server.runFor(Duration.ofSeconds(1));
            last = rest;
            rest = new Rest(server.sample(), server.objects());
        } while (System.nanoTime() < deadline
                && (!isExpected.test(rest)
                        || last.sample().heap() - rest.sample().heap() > MIB / 20));
        return rest;
    }

    /** Keys are remembered for five minutes and histories fill, so only the second half tells. */
    private void lookAtTheTrend() {
        List<Long> half = heap.subList(heap.size() / 2, heap.size());
        if (half.size() < SAMPLES_OF_A_TREND) {
            say("too short to tell whether the heap grows");
            return;
        }
        HeapTrend trend = HeapTrend.of(half);
        say("the heap in the second half: %+.2f MB, give or take %.2f MB"
                .formatted(trend.growth() / MIB, 2 * trend.uncertainty() / MIB));
        if (trend.growsBy(MORE_HEAP)) {
            complaints.add("the heap grows: " + trend);
        }
    }

    private static void say(String text) {
        System.out.println("soak: " + text);
    }
}
