package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Runs all candidates in turns, as many rounds as are wanted, and prints what they cost. Each has a process of its own in each round. */
public final class Compare {

    private final Options options;
    private final Results results;

    private Compare(Options options) {
        this.options = options;
        this.results = new Results(options.base());
    }

    /** Ends with 2 when an option is wrong, and with 1 when a candidate did not get through. Asked for help, it does nothing else. */
    public static void main(String[] arguments) throws IOException {
        if (List.of(arguments).contains(Options.HELP)) {
            System.out.print(Options.usage());
            return;
        }
        try {
            boolean all = new Compare(Options.parse(arguments)).run(List.of(arguments));
            System.exit(all ? 0 : 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    private boolean run(List<String> arguments) throws IOException {
        for (int round = 1; round <= options.rounds(); round++) {
            for (Candidate candidate : options.candidates()) {
                run(round, candidate);
            }
        }
        String report = Machine.describe(options, arguments) + results.tables();
        System.out.println(report);
        if (results.hasFigures()) { // else what is there from before stays
            Files.createDirectories(options.file().toAbsolutePath().getParent());
            Files.writeString(options.file(), report);
        }
        return !results.hasFailures();
    }

    private void run(int round, Candidate candidate) throws IOException {
        try (Server server = Server.start(candidate, options.servers(), options.java(), options.jvmOptions())) {
            boolean cold = true;
            for (Workload workload : workloadsFor(candidate)) {
                Figures figures = Trial.run(server, candidate.dialect(), workload, options.timing(), cold);
                results.add(workload, candidate, figures);
                System.out.printf(
                        "%s round %d, %s, %s: %s%n",
                        LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS),
                        round,
                        candidate.name(),
                        workload.name(),
                        figures);
                cold = false;
            }
        } catch (IOException | RuntimeException failed) {
            String failure = "%s failed in round %d: %s".formatted(candidate.name(), round, failed);
            results.addFailure(failure);
            System.out.println(failure);
        }
    }

    private List<Workload> workloadsFor(Candidate candidate) {
        return options.workloads().stream()
                .filter(workload ->
                        workload.shape().roomsPerClient() <= candidate.dialect().mostRooms())
                .toList();
    }
}
