package io.channelbox.soak;

import java.util.List;

/**
 * The straight line that comes closest to equally spaced samples of the heap.
 *
 * @param growth how much the line rises from the first sample to the last, in bytes
 * @param uncertainty the standard error of that
 */
record HeapTrend(double growth, double uncertainty) {

    /** Returns the trend of at least three samples. */
    static HeapTrend of(List<Long> heap) {
        int n = heap.size();
        if (n < 3) {
            throw new IllegalArgumentException("a trend needs at least 3 samples, there were " + n);
        }
        double middle = (n - 1) / 2.0;
        double mean = heap.stream().mapToLong(Long::longValue).average().orElseThrow();
        double spread = 0;
        double common = 0;
        for (int i = 0; i < n; i++) {
            spread += (i - middle) * (i - middle);
            common += (i - middle) * (heap.get(i) - mean);
        }
        double slope = common / spread;
        double rest = 0;
        for (int i = 0; i < n; i++) {
            double off = heap.get(i) - mean - slope * (i - middle);
            rest += off * off;
        }
        return new HeapTrend(slope * (n - 1), Math.sqrt(rest / (n - 2) / spread) * (n - 1));
    }

    /** Tells whether it rises by more than this, and by more than chance makes it. */
    boolean growsBy(double bytes) {
        return growth > bytes && growth > 2 * uncertainty;
    }
}
