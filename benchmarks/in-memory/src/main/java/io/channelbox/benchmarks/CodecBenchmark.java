package io.channelbox.benchmarks;

import io.channelbox.codec.Envelope;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.TypeName;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A typed message of about 150 bytes is written and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    sealed interface Request {}

    @TypeName("say")
    record Say(String room, String text, String replyTo, int priority, boolean urgent) implements Request {}

    private static final String TEXT = """
            {"type":"say","ref":"c-1047","room":"lobby","text":"Shall we meet at the usual place at eight?",\
            "replyTo":"01890a5d-ac96","priority":2,"urgent":false}\
            """;
    private static final Envelope ENVELOPE = Envelope.NONE.topic("room:lobby").seq(1_047);

    private final TypedJsonCodec<Request> codec = TypedJsonCodec.of(Request.class, JsonStyle.DEFAULT);
    private final Say message =
            new Say("lobby", "Shall we meet at the usual place at eight?", "01890a5d-ac96", 2, false);
    private final Frame written = codec.encode(message);

    /** Reads a frame. */
    @Benchmark
    public Object decode() {
        return codec.decode(Frame.text(TEXT));
    }

    /** Writes a frame, to the bytes that leave. */
    @Benchmark
    public int encode() {
        return codec.encode(message).buffer().remaining();
    }

    /** Puts an envelope around what is written, to the bytes that leave. */
    @Benchmark
    public int wrap() {
        return codec.wrap(written, ENVELOPE).buffer().remaining();
    }
}
