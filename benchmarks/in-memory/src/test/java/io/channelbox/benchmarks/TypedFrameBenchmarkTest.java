package io.channelbox.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TypedFrameBenchmarkTest {

    @Test
    void everyFrameIsAnsweredWithItsRef() {
        var benchmark = new TypedFrameBenchmark();
        benchmark.connect();

        int size = benchmark.readHandleAnswer();
        benchmark.disconnect();

        String answer = """
                {"ref":"c-1047","type":"said","room":"lobby","user":"ann","text":"Shall we meet at the usual place at eight?",\
                "priority":2,"urgent":false}\
                """;
        assertEquals(answer.length(), size);
    }
}
