package io.channelbox.benchmarks.load;

/** What arrived at all clients. Touched by the generator's thread alone. */
final class Counters {

    final Histogram latencies = new Histogram();
    long deliveries;
    long frames;
    long receives;
    long missing;
    long doubled;
    long outOfOrder;
    long strays;
}
