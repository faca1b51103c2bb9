package io.channelbox.benchmarks;

import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import io.channelbox.message.TypeName;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Joining a room of which the newest 50 messages are wanted, and leaving it again, on one thread and without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JoinBenchmark {

    private static final String ROOM = "room:lobby";
    private static final HistoryQuery NEWEST = HistoryQuery.latest(50);
    private static final Frame SUBSCRIBE = Rooms.subscribe(ROOM, "{\"last\":50}");
    private static final Frame UNSUBSCRIBE = Rooms.unsubscribe(ROOM);

    @TypeName("history")
    record Page(List<Payload> messages) {}

    private final Rooms rooms = Rooms.keptIn(new InMemoryHistoryStore());
    private final Sink sink = new Sink();
    private final ConsumerSession session = rooms.connect("ann", sink);
    private final Channel channel = session.channel();
    private final Group room = rooms.box().group(ROOM);

    /** Says what is read later. */
    @Setup
    public void talk() {
        rooms.settle();
        for (int i = 0; i < 200; i++) {
            rooms.say(ROOM, "Shall we meet at the usual place at eight? This is message " + i);
        }
    }

    /** Ends. */
    @TearDown
    public void end() {
        rooms.close();
    }

    /** As a group: the page of 50 goes out in one frame. */
    @Benchmark
    public long joinWithOnePage() {
        room.joinWithHistory(channel, NEWEST, page -> new Page(page.payloads()));
        room.leave(channel);
        return sink.frames();
    }

    /** As a topic, asked for by the peer: each of the 50 goes out in a frame of its own. */
    @Benchmark
    public long subscribe() {
        session.receive(SUBSCRIBE);
        session.receive(UNSUBSCRIBE);
        rooms.settle();
        return sink.frames();
    }

    /** The same, with something said since somebody last came: what was read then is of no use now. */
    @Benchmark
    public long subscribeAfterAMessage() {
        rooms.say(ROOM, "Shall we meet at the usual place at eight? This is another message");
        return subscribe();
    }
}
