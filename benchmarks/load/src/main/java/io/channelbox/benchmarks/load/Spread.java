package io.channelbox.benchmarks.load;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** The median of some rounds, with the least and the most. */
record Spread(List<Double> sorted) {

    static Spread of(List<OptionalDouble> values) {
        return new Spread(values.stream()
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .boxed()
                .toList());
    }

    String format(DoubleFunction<String> number) {
        if (sorted.isEmpty()) {
            return "";
        }
        String median = number.apply(median());
        String least = number.apply(sorted.get(0));
        String most = number.apply(sorted.get(sorted.size() - 1));
        return least.equals(most) ? median : "%s (%s..%s)".formatted(median, least, most);
    }

    private double median() {
        int middle = sorted.size() / 2;
        double upper = sorted.get(middle);
        return sorted.size() % 2 == 1 ? upper : (sorted.get(middle - 1) + upper) / 2;
    }
}
