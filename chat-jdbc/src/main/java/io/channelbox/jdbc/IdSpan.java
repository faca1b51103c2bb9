package io.channelbox.jdbc;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Ids that follow one another, which an index without an order can be asked for. Ids are in ranges of several sizes, which begin at multiples of it: of 4,096 ids, of
 * eight times as many, and so on. Each range has a number, which is negative.
 *
 * @param low the first
 * @param high the last
 * @param ranges the numbers of the ranges in which they all are, and others behind them; none when it is every id up to the last
 */
record IdSpan(long low, long high, List<Long> ranges) {

    /** The size of a span that begins with the first id. */
    static final int ALL = 6;

    private static final int SMALLEST = 12;
    private static final int STEP = 3;

    /** Returns the numbers of the ranges of all sizes that an id is in. */
    static List<Long> around(long id) {
        return IntStream.range(0, ALL)
                .mapToObj(size -> range(size, id >> bits(size)))
                .toList();
    }

    /** Returns the largest size of which no span has more ids than this, or else the smallest one. */
    static int sizeOf(double ids) {
        int size = 0;
        while (size + 1 < ALL && 2L << bits(size + 1) <= ids) {
            size++;
        }
        return size;
    }

    /** Returns the ids up to one: as many as a range of this size has, up to twice as many. */
    static IdSpan upTo(long high, int size) {
        if (size >= ALL) {
            return new IdSpan(0, high, List.of());
        }
        int bits = bits(size);
        long low = Math.max(0, (high >> bits) - 1) << bits;
        int parts = Math.max(0, size - 1); // so that there are few behind the last
        return new IdSpan(low, high, ranges(parts, low, high));
    }

    private static List<Long> ranges(int size, long low, long high) {
        return LongStream.rangeClosed(low >> bits(size), high >> bits(size))
                .mapToObj(place -> range(size, place))
                .toList();
    }

    private static long range(int size, long place) {
        return -1 - place * ALL - size;
    }

    private static int bits(int size) {
        return SMALLEST + STEP * size;
    }

    long count() {
        return high - low + 1;
    }
}
