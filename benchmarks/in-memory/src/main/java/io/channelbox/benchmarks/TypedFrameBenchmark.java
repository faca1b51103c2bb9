package io.channelbox.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.Frame;
import io.channelbox.message.TypeName;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One typed frame of about 150 bytes is read, handled and answered, on one thread and without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TypedFrameBenchmark {

    sealed interface Request {}

    @TypeName("say")
    record Say(String room, String text, String replyTo, int priority, boolean urgent) implements Request {}

    @TypeName("ping")
    record Ping() implements Request {}

    @TypeName("said")
    record Said(String room, String user, String text, int priority, boolean urgent) {}

    @TypeName("pong")
    record Pong() {}

    static final class Answering extends TypedConsumer<Request> {

        @Override
        protected void handlers(Handlers<Request> on) {
            on.answer(Ping.class, ping -> new Pong());
            on.answer(
                    Say.class,
                    say -> new Said(say.room(), channel().user().name(), say.text(), say.priority(), say.urgent()));
        }
    }

    /** Takes what is sent and knows the last of it. */
    private static final class Sink implements Connection {

        private int bytes;

        @Override
        public void send(Frame frame, Completion completion) {
            bytes = frame.buffer().remaining();
            completion.succeeded();
        }

        @Override
        public void ping(Completion completion) {
            completion.succeeded();
        }

        @Override
        public void close(CloseStatus status) {}
    }

    private static final String FRAME = """
            {"type":"say","ref":"c-1047","room":"lobby","text":"Shall we meet at the usual place at eight?",\
            "replyTo":"01890a5d-ac96","priority":2,"urgent":false}\
            """;

    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final Sink sink = new Sink();
    private final byte[] bytes = FRAME.getBytes(UTF_8);
    private ChannelBox box = ChannelBox.builder().executor(work::add).build();
    private ConsumerSession session = open();

    private ConsumerSession open() {
        return ConsumerSession.open(
                box, new Answering(), sink, Handshake.at("/").build(), User.named("ann"), ConsumerOptions.DEFAULT);
    }

    /** Connects. */
    @Setup
    public void connect() {
        settle();
    }

    /** Disconnects. */
    @TearDown
    public void disconnect() {
        session.closed(CloseStatus.NORMAL);
        settle();
        box.close();
    }

    /** Reads, handles and answers one frame, and answers the size of the answer. */
    @Benchmark
    public int readHandleAnswer() {
        session.receive(Frame.text(new String(bytes, UTF_8)));
        settle();
        return sink.bytes;
    }

    private void settle() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }
}
