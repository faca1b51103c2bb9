package io.channelbox.benchmarks;

import io.channelbox.codec.TextCodec;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A history in memory that holds as much as it may: one message is added to it, one page of 50 is read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HistoryBenchmark {

    private static final GroupName ROOM = GroupName.of("room:lobby");
    private static final Retention RETENTION = Retention.DEFAULT.withCount(1_000);
    private static final HistoryQuery NEWEST = HistoryQuery.latest(50);

    private final InMemoryHistoryStore store = new InMemoryHistoryStore();
    private final Message message = new Message(
            MessageId.at(Instant.now()),
            ROOM,
            Optional.of(new UserId("ann")),
            Message.PLAIN,
            Instant.now(),
            new Payload(TextCodec.PLAIN.format(), Frame.text("Shall we meet at the usual place at eight?")));
    private final StreamPosition middle = fill();

    /** Returns the position behind which there are 500 messages. */
    private StreamPosition fill() {
        StreamPosition position = append();
        for (int i = 1; i < 1_000; i++) {
            StreamPosition next = append();
            position = i <= 500 ? next : position;
        }
        return position;
    }

    /** Adds a message, for which the oldest goes. */
    @Benchmark
    public StreamPosition append() {
        List<StreamPosition> positions = store.append(ROOM, List.of(message), RETENTION);
        return positions.get(0);
    }

    /** Reads the newest 50. */
    @Benchmark
    public HistoryPage newest() {
        return store.read(ROOM, NEWEST);
    }

    /** Reads 50 of the 500 that somebody has missed. */
    @Benchmark
    public HistoryPage missed() {
        return store.read(ROOM, HistoryQuery.after(middle, 50));
    }
}
