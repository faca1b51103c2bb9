package io.channelbox.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is measured does what it says, once. */
class FiguresTest {

    @Test
    void whoJoinsIsToldFiftyMessages() {
        var benchmark = new JoinBenchmark();
        benchmark.talk();
        long first = benchmark.joinWithOnePage();

        long asGroup = benchmark.joinWithOnePage();
        long asTopic = benchmark.subscribe();
        benchmark.end();

        assertEquals(first + 1, asGroup);
        assertEquals(asGroup + 1 + 50 + 1, asTopic);
    }

    @Test
    void whatIsRepeatedWithTheSameKeyIsSaidOnce() {
        var benchmark = new PublishBenchmark();
        benchmark.enter();

        assertTrue(benchmark.saved().position().isPresent());
        assertTrue(benchmark.savedWithKey().position().isPresent());
        assertEquals(benchmark.repeated().position(), benchmark.repeated().position());
        benchmark.end();
    }

    @Test
    void whoComesBackGetsWhatWasMissedFromAFewReads() {
        RecoveryStorm.Result result = RecoveryStorm.run(50);

        assertEquals(50 * (1 + 100), result.frames());
        assertTrue(result.reads() <= 5, () -> result.reads() + " reads");
    }

    @Test
    void aConnectionCostsSomething() {
        assertTrue(HeapPerConnection.measure(true, 200) > 0);
    }
}
