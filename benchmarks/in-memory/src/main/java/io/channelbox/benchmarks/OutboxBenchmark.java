package io.channelbox.benchmarks;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.SendResult;
import io.channelbox.message.Frame;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Several threads offer frames to the outbox of one channel, whose connection takes each at once. Who finds it busy leaves a frame
 * there; what is too much is dropped, and the counter tells how many were not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class OutboxBenchmark {

    private static final Frame FRAME = Frame.text("Shall we meet at the usual place at eight?");

    /** What was not dropped. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Taken {

        /** Frames that leave. */
        public long queued;

        /** Begins anew. */
        @Setup(Level.Iteration)
        public void begin() {
            queued = 0;
        }
    }

    private final ChannelBox box = Members.boxDropping();
    private final Channel channel = Members.enter(box, "ann");

    /** Ends. */
    @TearDown
    public void end() {
        Members.close(box);
    }

    /** One thread alone. */
    @Benchmark
    @Threads(1)
    public SendResult alone(Taken taken) {
        return offer(taken);
    }

    /** Two threads at once. */
    @Benchmark
    @Threads(2)
    public SendResult contendedByTwo(Taken taken) {
        return offer(taken);
    }

    /** Eight threads at once. */
    @Benchmark
    @Threads(8)
    public SendResult contendedByEight(Taken taken) {
        return offer(taken);
    }

    private SendResult offer(Taken taken) {
        SendResult result = channel.send(FRAME);
        if (result == SendResult.QUEUED) {
            taken.queued++;
        }
        return result;
    }
}
