package io.channelbox.jdbc;

import com.sun.management.OperatingSystemMXBean;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
 * Measures durable saves on SQLite through a whole box: how many a second, how long one takes, and what it costs the
 * processor, which depends less on what else the machine does. Run it in a folder of the disk that is meant, with the seconds
 * that each part is to take:
 *
 * <pre>
 * ./mvnw -q -B -pl chat-jdbc test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dquick
 * java -cp .mvn/test-logging:chat-jdbc/target/classes:chat-jdbc/target/test-classes:$(cat chat-jdbc/target/classpath) io.channelbox.jdbc.SaveRate 5
 * </pre>
 */
final class SaveRate {

    private static final int SENDERS = 64;
    private static final String TEXT = "x".repeat(120);

    private SaveRate() {}

    public static void main(String[] arguments) throws Exception {
        long nanos = Long.parseLong(arguments[0]) * 1_000_000_000L;
        Path folder = Files.createTempDirectory(Path.of("."), "save-rate");
        try {
            measure(folder.resolve("chat.db"), nanos);
        } finally {
            delete(folder);
        }
    }

    private static void measure(Path file, long nanos) throws Exception {
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(file));
                ChannelBox box = ChannelBox.builder().history(stores.history()).build()) {
            together(box, "(warm-up)", SENDERS, nanos, sender -> "room");
            together(box, SENDERS + " senders, one room", SENDERS, nanos, sender -> "room");
            together(box, SENDERS + " senders, a room each", SENDERS, nanos, sender -> "room" + sender);
            together(box, "one sender alone", 1, nanos, sender -> "room");
        }
    }

    private static void together(ChannelBox box, String what, int count, long nanos, IntFunction<String> roomOf)
            throws InterruptedException, ExecutionException {
        ExecutorService senders = Executors.newFixedThreadPool(count);
        try {
            long cpu = cpuNanos();
            long start = System.nanoTime();
            List<Future<long[]>> running = new ArrayList<>();
            for (int sender = 0; sender < count; sender++) {
                String room = roomOf.apply(sender);
                running.add(senders.submit(() -> saveUntil(start + nanos, box, room)));
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> each : running) {
                all.add(each.get());
            }
            long[] took = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            tell(what, took, System.nanoTime() - start, cpuNanos() - cpu);
        } finally {
            senders.shutdown();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long[] saveUntil(long end, ChannelBox box, String room) {
        long[] took = new long[1 << 18];
        int count = 0;
        for (long now = System.nanoTime(); now < end && count < took.length; count++) {
            box.group(room).broadcast(TEXT, PublishOptions.DEFAULT.savingHistory());
            long then = System.nanoTime();
            took[count] = then - now;
            now = then;
        }
        return Arrays.copyOf(took, count);
    }

    private static void tell(String what, long[] sorted, long nanos, long cpu) {
        System.out.printf(
                "%-26s %,7.0f saves/s   p50 %6.2f ms   p99 %6.2f ms   p99.9 %6.2f ms   processor %3.0f us each%n",
                what,
                sorted.length * 1e9 / nanos,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[(int) (sorted.length * 0.999)] / 1e6,
                cpu / 1e3 / sorted.length);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
