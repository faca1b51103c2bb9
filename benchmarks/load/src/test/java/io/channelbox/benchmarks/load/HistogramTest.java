package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HistogramTest {

    private final Histogram histogram = new Histogram();

    @Test
    void aQuantileIsWithinOnePercent() {
        for (int i = 1; i <= 1000; i++) {
            histogram.add(i * 1000L);
        }

        assertEquals(500_000.0, (double) histogram.quantile(0.5), 5_000);
        assertEquals(990_000.0, (double) histogram.quantile(0.99), 9_900);
        assertEquals(1_000_000, histogram.max());
    }

    @Test
    void theLastQuantileIsTheLongest() {
        histogram.add(5);
        histogram.add(Long.MAX_VALUE);

        assertEquals(Long.MAX_VALUE, histogram.quantile(1));
        assertEquals(5, histogram.quantile(0.5));
    }

    @Test
    void nothingHasNoQuantiles() {
        histogram.add(3);
        histogram.clear();

        assertEquals(0, histogram.quantile(0.99));
    }
}
