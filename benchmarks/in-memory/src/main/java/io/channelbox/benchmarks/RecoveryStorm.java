package io.channelbox.benchmarks;

import io.channelbox.consumer.ConsumerSession;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;

/**
 * Five thousand clients come back to one room at once, each of which has missed a hundred messages: they connect, name their
 * position and get what they missed. One thread, no network, history in memory. {@code java -cp benchmarks.jar
 * io.channelbox.benchmarks.RecoveryStorm}
 */
public final class RecoveryStorm {

    private static final String ROOM = "room:lobby";
    private static final int CLIENTS = 5_000;
    private static final int MISSED = 100;
    private static final int ROUNDS = 10;

    private RecoveryStorm() {}

    /** What came of one storm. */
    record Result(long frames, long millis, long reads) {}

    /** Runs several storms, the first of which finds everything cold. */
    public static void main(String[] args) {
        for (int round = 1; round <= ROUNDS; round++) {
            Result result = run(CLIENTS);
            System.out.printf(
                    "storm %2d: %,d clients, %,d frames in %,d ms, history read %,d times%n",
                    round, CLIENTS, result.frames(), result.millis(), result.reads());
        }
    }

    static Result run(int clients) {
        var store = new CountingStore();
        try (Rooms rooms = Rooms.keptIn(store)) {
            List<StreamPosition> positions = new ArrayList<>();
            for (int i = 0; i < 2 * MISSED; i++) {
                positions.add(rooms.say(ROOM, "Shall we meet at the usual place at eight? This is message " + i));
            }
            var sink = new Sink();
            long readsBefore = store.reads();
            long start = System.nanoTime();
            for (int i = 0; i < clients; i++) {
                ConsumerSession session = rooms.connect("user" + i, sink);
                session.receive(Rooms.subscribe(ROOM, Rooms.after(positions.get(MISSED - 1))));
                rooms.settle();
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            return new Result(sink.frames(), millis, store.reads() - readsBefore);
        }
    }
}
