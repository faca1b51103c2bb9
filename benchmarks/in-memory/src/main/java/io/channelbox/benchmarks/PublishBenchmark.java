package io.channelbox.benchmarks;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Group;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.UserId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A message is said to a room of ten and kept in memory, on one thread and without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PublishBenchmark {

    private static final String ROOM = "room:lobby";
    private static final PublishOptions KEPT =
            PublishOptions.DEFAULT.savingHistory().from(new UserId("ann"));

    private final Rooms rooms = Rooms.keptIn(new InMemoryHistoryStore());
    private final Group room = rooms.box().group(ROOM);
    private final Rooms.Said message = new Rooms.Said("ann", "Shall we meet at the usual place at eight?");
    private long keys;

    /** Ten come in. */
    @Setup
    public void enter() {
        for (int i = 0; i < 10; i++) {
            rooms.connect("user" + i, new Sink()).receive(Rooms.subscribe(ROOM, "{}"));
        }
        rooms.settle();
    }

    /** Ends. */
    @TearDown
    public void end() {
        rooms.close();
    }

    /** Says it without a key. */
    @Benchmark
    public BroadcastResult saved() {
        return room.broadcast(message, KEPT);
    }

    /** Says it with a key that nobody has used, so that it could be repeated without harm. */
    @Benchmark
    public BroadcastResult savedWithKey() {
        return room.broadcast(message, KEPT.withIdempotencyKey("key-" + ++keys));
    }

    /** Says it again and again with the same key: it is said once. */
    @Benchmark
    public BroadcastResult repeated() {
        return room.broadcast(message, KEPT.withIdempotencyKey("key-0"));
    }
}
