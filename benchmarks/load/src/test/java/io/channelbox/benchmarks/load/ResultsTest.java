package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {

    @Test
    void theRoundsOfACandidateAreOneRowAndItsShareIsThatOfEachRound() {
        var results = new Results(Optional.empty());
        for (double round = 1; round <= 3; round++) {
            results.add(Workload.named("W1"), Candidate.named("jakarta-jetty"), cpu(round * 10));
            results.add(Workload.named("W1"), Candidate.named("channelbox-jetty"), cpu(round * 5));
        }

        String tables = results.tables();

        assertTrue(
                tables.contains(
                        "| channelbox-jetty | 10.00 (5.00..15.00) | 10.00 (5.00..15.00) | 0.50, 0.50 of jakarta-jetty |"),
                tables);
    }

    private static Figures cpu(double micros) {
        var figures = new Figures();
        figures.put(Figure.CPU_SATURATED, micros);
        figures.put(Figure.CPU_PACED, micros);
        return figures;
    }
}
