package io.channelbox.benchmarks;

import io.channelbox.history.InMemoryHistoryStore;
import java.lang.management.ManagementFactory;

/**
 * What an idle connection costs of the heap: everything the library keeps for it, and nothing of the container's. Each is of
 * another user, in the inbox and subscribed to one room with a hundred others. {@code java -Xmx1g -cp benchmarks.jar
 * io.channelbox.benchmarks.HeapPerConnection}
 */
public final class HeapPerConnection {

    private static final int CONNECTIONS = 20_000;
    private static final int PER_ROOM = 100;

    private HeapPerConnection() {}

    /** Measures connections with and without presence. */
    public static void main(String[] args) {
        measure(false, 1_000); // classes and tables that are there once for all
        measure(true, 1_000);
        for (int round = 1; round <= 3; round++) {
            System.out.printf(
                    "round %d: %,d bytes per idle connection subscribed to a room, %,d with presence%n",
                    round, measure(false, CONNECTIONS), measure(true, CONNECTIONS));
        }
    }

    static long measure(boolean tracked, int connections) {
        var sink = new Sink();
        var store = new InMemoryHistoryStore();
        try (Rooms rooms = tracked ? Rooms.trackedAndKeptIn(store) : Rooms.keptIn(store)) {
            long before = used();
            for (int i = 0; i < connections; i++) {
                rooms.connect("user" + i, sink).receive(Rooms.subscribe("room:" + i / PER_ROOM, "{}"));
                rooms.settle();
            }
            long after = used();
            int open = rooms.box().channels().size();
            if (open != connections) {
                throw new IllegalStateException("only " + open + " of " + connections + " are open");
            }
            return (after - before) / connections;
        }
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
