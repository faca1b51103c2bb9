package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServersTest {

    private static final Path SERVERS = Path.of("..", "servers");
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Timing MOMENT = new Timing(0.1, 0.1, 0.5, Double.MAX_VALUE);
    private static final Workload SMALL =
            new Workload("small", "5 rooms of 4", new Shape(5, 10, 2, 1, 2, 128), 0, 0, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "netty",
                "netty-gather",
                "jakarta-undertow",
                "channelbox-tomcat",
                "channelbox-jetty",
                "channelbox-undertow",
                "channelbox.v1-undertow"
            })
    void everyMessageComesOnceAndInOrder(String candidate) throws IOException {
        Figures figures = run(Candidate.named(candidate));

        assertTrue(figures.get(Figure.DELIVERIES).orElseThrow() > 0, figures::toString);
        assertAll(List.of(Figure.LOST, Figure.DOUBLED, Figure.OUT_OF_ORDER, Figure.GONE).stream()
                .map(fault -> () -> assertEquals(0, figures.get(fault).orElseThrow(), fault::title)));
    }

    private static Figures run(Candidate candidate) throws IOException {
        try (Server server = Server.start(candidate, SERVERS, JAVA, List.of())) {
            return Trial.run(server, candidate.dialect(), SMALL, MOMENT, true);
        }
    }
}
