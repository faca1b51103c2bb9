package io.channelbox.benchmarks.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The figures of one candidate in one workload and round. */
final class Figures {

    private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

    void put(Figure figure, long value) {
        put(figure, (double) value);
    }

    void put(Figure figure, double value) {
        values.put(figure, value);
    }

    void putQuantiles(Phase paced) {
        put(Figure.P50, paced.millis(0.5));
        put(Figure.P99, paced.millis(0.99));
        put(Figure.P999, paced.millis(0.999));
        put(Figure.MAX, paced.longestMillis());
    }

    void putSaturated(Phase saturated) {
        Reading reading = saturated.reading();
        put(Figure.DELIVERIES, reading.deliveriesPerSecond());
        put(Figure.CPU_SATURATED, reading.serverMicrosPerDelivery());
        put(Figure.MESSAGES_PER_FRAME, (double) reading.deliveries() / reading.frames());
        put(Figure.RECEIVES, (double) reading.receives() / reading.deliveries());
        put(Figure.GENERATOR, reading.generatorCores());
    }

    void putFaults(Crowd crowd, Counters counters) {
        put(Figure.LOST, crowd.lost());
        put(Figure.DOUBLED, counters.doubled + counters.strays);
        put(Figure.OUT_OF_ORDER, counters.outOfOrder);
    }

    OptionalDouble get(Figure figure) {
        Double value = values.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public String toString() {
        var line = new StringBuilder();
        values.forEach((figure, value) -> line.append(line.isEmpty() ? "" : ", ")
                .append(figure.title())
                .append(' ')
                .append(figure.format(value)));
        return line.toString();
    }
}
