package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.consumer.TextDeltas.Delta;
import org.junit.jupiter.api.Test;

class TextDeltasTest {

    private final TextDeltas deltas = new TextDeltas();

    @Test
    void eachSnapshotIsToldByWhatIsNewInIt() {
        assertEquals(new Delta("Hel", false), deltas.next("Hel"));
        assertEquals(new Delta("lo", false), deltas.next("Hello"));
        assertEquals(new Delta("", false), deltas.next("Hello"));
    }

    @Test
    void aTextThatWasRewrittenIsToldWholeAndGrowsFromThere() {
        deltas.next("Hallo");

        assertEquals(new Delta("Hello", true), deltas.next("Hello"));
        assertEquals(new Delta("!", false), deltas.next("Hello!"));
    }

    @Test
    void anotherTextBeginsAnew() {
        deltas.next("Hello");

        deltas.reset();

        assertEquals(new Delta("Bye", false), deltas.next("Bye"));
    }
}
