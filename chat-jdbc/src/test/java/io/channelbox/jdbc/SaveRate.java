package io.channelbox.jdbc;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Measures durable saves on SQLite through a whole box: how many a second, and how long a lone one takes. Run it in a folder
 * of the disk that is meant:
 *
 * <pre>
 * ./mvnw -q -B -pl chat-jdbc test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dquick
 * java -cp chat-jdbc/target/classes:chat-jdbc/target/test-classes:$(cat chat-jdbc/target/classpath) io.channelbox.jdbc.SaveRate
 * </pre>
 */
final class SaveRate {

    private static final int SENDERS = 64;
    private static final int SECONDS = 5;
    private static final String TEXT = "x".repeat(120);

    private SaveRate() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("."), "save-rate");
        try {
            measure(folder.resolve("chat.db"));
        } finally {
            delete(folder);
        }
    }

    private static void measure(Path file) throws Exception {
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(file));
                ChannelBox box = ChannelBox.builder().history(stores.history()).build()) {
            together(box, "warm-up, one room", sender -> "room");
            for (int round = 0; round < 3; round++) {
                together(box, SENDERS + " senders, one room", sender -> "room");
                together(box, SENDERS + " senders, a room each", sender -> "room" + sender);
                alone(box);
            }
        }
    }

    private static void together(ChannelBox box, String what, IntFunction<String> roomOf)
            throws InterruptedException, ExecutionException {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            long start = System.nanoTime();
            long end = start + SECONDS * 1_000_000_000L;
            List<Future<long[]>> running = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                String room = roomOf.apply(sender);
                running.add(senders.submit(() -> saveUntil(end, box, room)));
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> each : running) {
                all.add(each.get());
            }
            long[] took = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            tell(what, took, System.nanoTime() - start);
        } finally {
            senders.shutdown();
        }
    }

    private static void alone(ChannelBox box) {
        long start = System.nanoTime();
        long[] took = saveUntil(start + SECONDS * 1_000_000_000L, box, "room");
        Arrays.sort(took);
        tell("one sender alone", took, System.nanoTime() - start);
    }

    private static long[] saveUntil(long end, ChannelBox box, String room) {
        long[] took = new long[1 << 20];
        int count = 0;
        for (long now = System.nanoTime(); now < end && count < took.length; count++) {
            box.group(room).broadcast(TEXT, PublishOptions.DEFAULT.savingHistory());
            long then = System.nanoTime();
            took[count] = then - now;
            now = then;
        }
        return Arrays.copyOf(took, count);
    }

    private static void tell(String what, long[] sorted, long nanos) {
        System.out.printf(
                "%-28s %,8.0f saves/s   p50 %6.2f ms   p99 %6.2f ms   p99.9 %6.2f ms%n",
                what,
                sorted.length * 1e9 / nanos,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[(int) (sorted.length * 0.999)] / 1e6);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
