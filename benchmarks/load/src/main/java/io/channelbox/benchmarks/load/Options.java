package io.channelbox.benchmarks.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a comparison is asked to do. */
record Options(
        List<Candidate> candidates,
        List<Workload> workloads,
        int rounds,
        Timing timing,
        Path java,
        Path servers,
        Path file) {

    static final String USAGE = """
            --candidates A,B,...   default: all
            --workloads W1,W2,...  default: %s
            --rounds N             default: 3
            --seconds S            measured in each phase, default: 2.5
            --others CORES         what other processes may use in a slice that counts, default: 0.2
            --java HOME            the JDK that the servers run on, default: the one that runs this
            --servers DIRECTORY    default: benchmarks/servers
            --file FILE            where the tables are written, default: benchmarks/load/target/comparison.md
            --quick                one round of short phases
            """.formatted(Workload.names());

    static Options parse(String... arguments) {
        var options = new Options(
                Candidate.all(),
                Workload.all(),
                3,
                Timing.standard(),
                Path.of(System.getProperty("java.home")),
                Path.of("benchmarks/servers"),
                Path.of("benchmarks/load/target/comparison.md"));
        List<String> rest = List.of(arguments);
        while (!rest.isEmpty()) {
            boolean lone = rest.get(0).equals("--quick");
            if (!lone && rest.size() < 2) {
                throw new IllegalArgumentException(rest.get(0) + " needs a value\n" + USAGE);
            }
            options = options.with(rest.get(0), lone ? "" : rest.get(1));
            rest = rest.subList(lone ? 1 : 2, rest.size());
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--candidates" ->
                withCandidates(split(value).map(Options::candidate).toList());
            case "--workloads" ->
                new Options(
                        candidates, split(value).map(Workload::named).toList(), rounds, timing, java, servers, file);
            case "--rounds" -> withTiming(Integer.parseInt(value), timing);
            case "--seconds" -> withTiming(rounds, timing.measuring(Double.parseDouble(value)));
            case "--others" -> withTiming(rounds, timing.allowingOthers(Double.parseDouble(value)));
            case "--java" -> new Options(candidates, workloads, rounds, timing, Path.of(value), servers, file);
            case "--servers" -> new Options(candidates, workloads, rounds, timing, java, Path.of(value), file);
            case "--file" -> new Options(candidates, workloads, rounds, timing, java, servers, Path.of(value));
            case "--quick" -> withTiming(1, Timing.quick());
            default -> throw new IllegalArgumentException("there is no option " + name + "\n" + USAGE);
        };
    }

    private Options withCandidates(List<Candidate> chosen) {
        return new Options(chosen, workloads, rounds, timing, java, servers, file);
    }

    private Options withTiming(int times, Timing timed) {
        return new Options(candidates, workloads, times, timed, java, servers, file);
    }

    private static Stream<String> split(String value) {
        return Arrays.stream(value.split(","));
    }

    private static Candidate candidate(String name) {
        return Candidate.all().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no candidate " + name + ", only "
                        + Candidate.all().stream().map(Candidate::name).toList()));
    }
}
