package io.channelbox.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeapTrendTest {

    @Test
    void aHeapThatGrowsSteadilyGrowsByWhatWasAdded() {
        HeapTrend trend = HeapTrend.of(List.of(100L, 110L, 120L, 130L));

        assertEquals(30, trend.growth(), 1e-9);
        assertEquals(0, trend.uncertainty(), 1e-9);
        assertTrue(trend.growsBy(29));
        assertFalse(trend.growsBy(31));
    }

    @Test
    void aHeapThatGoesUpAndDownDoesNotGrow() {
        assertFalse(HeapTrend.of(List.of(100L, 150L, 90L, 160L, 100L, 152L)).growsBy(10));
    }

    @Test
    void whatIsAddedIsSeenThroughTheNoise() {
        assertTrue(HeapTrend.of(List.of(100L, 125L, 135L, 165L, 175L, 205L)).growsBy(50));
    }
}
