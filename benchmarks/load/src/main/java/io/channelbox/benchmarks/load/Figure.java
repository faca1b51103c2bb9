package io.channelbox.benchmarks.load;

/** What is reported, in this order. */
enum Figure {
    DELIVERIES("deliveries/s", "%,.0f"),
    CPU_SATURATED("server CPU µs per delivery, saturated", "%.2f"),
    CPU_PACED("the same at 20,000/s", "%.2f"),
    P50("p50 ms at 20,000/s", "%.2f"),
    P99("p99 ms", "%.2f"),
    P999("p99.9 ms", "%.2f"),
    MAX("max ms", "%.1f"),
    MESSAGES_PER_FRAME("messages per frame", "%.2f"),
    RECEIVES("recv() per delivery", "%.2f"),
    GENERATOR("generator cores", "%.2f"),
    LOST("lost", "%.0f"),
    DOUBLED("doubled", "%.0f"),
    OUT_OF_ORDER("out of order", "%.0f"),
    GONE("connections ended", "%.0f"),
    JOINS("joins/s, cold", "%,.0f"),
    RESIDENT("RSS KiB per idle connection", "%.1f"),
    HEAP("live heap KiB per idle connection", "%.1f"),
    P99_BEFORE("p99 ms before", "%.2f"),
    P99_WITH("p99 ms from the moment it stops", "%.2f"),
    P99_CHANGE("the one by the other", "%.2f"),
    SLOW_CODE("closed with (0: not at all, 1006: without a code)", "%.0f"),
    RESIDENT_GROWTH("RSS MiB more", "%+.1f"),
    HEAP_GROWTH("live heap MiB more", "%+.1f"),
    NOISY("noisy phases", "%.0f");

    private final String title;
    private final String format;

    Figure(String title, String format) {
        this.title = title;
        this.format = format;
    }

    String title() {
        return title;
    }

    String format(double value) {
        return String.format(format, value);
    }
}
