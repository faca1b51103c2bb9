package io.channelbox.benchmarks.load;

import java.util.Arrays;

/** Counts durations in nanoseconds, each to within one percent. */
final class Histogram {

    private static final int BITS = 7;
    private static final int STEPS = 1 << BITS;

    private final long[] counts = new long[STEPS * (Long.SIZE - BITS)];
    private long count;
    private long max;

    void add(long nanos) {
        long value = Math.max(nanos, 0);
        counts[index(value)]++;
        count++;
        max = Math.max(max, value);
    }

    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        max = 0;
    }

    long max() {
        return max;
    }

    /** The duration that this share of all is not above, or 0 if there is none. */
    long quantile(double share) {
        long wanted = (long) Math.ceil(share * count);
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed >= wanted && passed > 0) {
                return Math.min(largest(i), max);
            }
        }
        return 0;
    }

    private static int index(long value) {
        int shift = Math.max(0, Long.SIZE - BITS - 1 - Long.numberOfLeadingZeros(value));
        return (shift << BITS) + (int) (value >>> shift);
    }

    private static long largest(int index) {
        int shift = Math.max(0, (index >>> BITS) - 1);
        long step = index - ((long) shift << BITS);
        return ((step + 1) << shift) - 1;
    }
}
