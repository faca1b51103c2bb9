package io.channelbox.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdSpanTest {

    @Test
    void anIdHasNegativeNumbersThatIdsOfOtherRangesDoNotHave() {
        assertEquals(List.of(-1L, -2L, -3L, -4L, -5L, -6L), IdSpan.around(4_095));
        assertEquals(List.of(-7L, -2L, -3L, -4L, -5L, -6L), IdSpan.around(4_096));
        assertEquals(List.of(-49L, -8L, -3L, -4L, -5L, -6L), IdSpan.around(32_768));
    }

    @Test
    void aSpanHasTheIdsOfItsRangesUpToItsLast() {
        for (int size = 0; size < IdSpan.ALL; size++) {
            for (long high : List.of(1L, 4_095L, 4_096L, 40_000L, 1L << 30)) {
                IdSpan span = IdSpan.upTo(high, size);
                long step = Math.max(1, span.count() / 100);

                assertTrue(
                        LongStream.iterate(span.low(), id -> id <= high, id -> id + step)
                                .noneMatch(id -> Collections.disjoint(span.ranges(), IdSpan.around(id))),
                        span::toString);
                assertTrue(span.low() == 0 || Collections.disjoint(span.ranges(), IdSpan.around(span.low() - 1)));
                assertTrue(span.ranges().size() <= 16, span::toString);
            }
        }
    }

    @Test
    void theLargestSpanIsOfAllIds() {
        assertEquals(new IdSpan(0, 1L << 40, List.of()), IdSpan.upTo(1L << 40, IdSpan.ALL));
    }

    @Test
    void aSizeIsAsLargeAsMayBe() {
        assertEquals(0, IdSpan.sizeOf(1));
        assertEquals(0, IdSpan.sizeOf(65_535));
        assertEquals(1, IdSpan.sizeOf(65_536));
        assertEquals(IdSpan.ALL - 1, IdSpan.sizeOf(Double.POSITIVE_INFINITY));
    }
}
