package io.channelbox.benchmarks;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.SendResult;
import io.channelbox.message.Frame;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Several threads offer frames to the outbox of one channel, whose connection takes each at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class OutboxBenchmark {

    private static final Frame FRAME = Frame.text("Shall we meet at the usual place at eight?");

    private final ChannelBox box = Members.box();
    private final Channel channel = Members.enter(box, "ann");

    /** Ends. */
    @TearDown
    public void end() {
        Members.close(box);
    }

    /** One thread alone. */
    @Benchmark
    @Threads(1)
    public SendResult alone() {
        return channel.send(FRAME);
    }

    /** Two threads at once. */
    @Benchmark
    @Threads(2)
    public SendResult contendedByTwo() {
        return channel.send(FRAME);
    }

    /** Eight threads at once. */
    @Benchmark
    @Threads(8)
    public SendResult contendedByEight() {
        return channel.send(FRAME);
    }
}
