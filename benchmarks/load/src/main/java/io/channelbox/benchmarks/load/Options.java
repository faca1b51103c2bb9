package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a comparison is asked to do. */
final class Options {

    static final String HELP = "--help";

    private static final String QUICK = "--quick";
    private static final Set<String> WITH_VALUE = Set.of(
            "--candidates",
            "--workloads",
            "--rounds",
            "--seconds",
            "--others",
            "--base",
            "--java",
            "--jvm",
            "--servers",
            "--file");

    private final Map<String, String> given;

    private Options(Map<String, String> given) {
        this.given = given;
    }

    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals(QUICK)) {
                given.put(name, "");
            } else if (WITH_VALUE.contains(name) && i + 1 < arguments.length) {
                given.put(name, arguments[++i]);
            } else {
                throw new IllegalArgumentException("there is no option " + name + ", or it needs a value. There are "
                        + QUICK + " and, each with a value, "
                        + WITH_VALUE.stream().sorted().toList() + "; " + HELP + " says what they mean.");
            }
        }
        var options = new Options(given);
        options.check();
        return options;
    }

    static List<String> names() {
        return Stream.concat(Stream.of(QUICK, HELP), WITH_VALUE.stream())
                .sorted()
                .toList();
    }

    /** Returns what there is to choose. */
    static String usage() throws IOException {
        try (InputStream text = Options.class.getResourceAsStream("usage.txt")) {
            return new String(Objects.requireNonNull(text, "usage.txt").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Refuses what is wrong before hours are spent. */
    private void check() {
        workloads();
        base();
        if (rounds() < 1 || timing().measured() <= 0) {
            throw new IllegalArgumentException("--rounds must be at least 1, and --seconds more than 0");
        }
        if (!Files.isExecutable(java().resolve("bin/java"))) {
            throw new IllegalArgumentException("--java must be the home of a JDK: there is no bin/java in " + java());
        }
        candidates().stream().filter(candidate -> !runs(candidate)).findFirst().ifPresent(candidate -> {
            throw new IllegalArgumentException(
                    "%s needs Java %d, and %s has %d. Say --java /path/to/jdk-25, with JAVA_25_HOME"
                                    .formatted(
                                            candidate.name(),
                                            candidate.oldestJava(),
                                            java(),
                                            JavaHome.versionOf(java()))
                            + " set to the same, so that it is built too.");
        });
    }

    private boolean runs(Candidate candidate) {
        return candidate.oldestJava() <= JavaHome.versionOf(java());
    }

    /** Those that are named, or all that run on the servers' Java. */
    List<Candidate> candidates() {
        return list("--candidates")
                .map(names -> names.map(Candidate::named).toList())
                .orElseGet(() -> Candidate.all().stream().filter(this::runs).toList());
    }

    List<Workload> workloads() {
        return list("--workloads")
                .map(names -> names.map(Workload::named).toList())
                .orElseGet(Workload::all);
    }

    int rounds() {
        return number("--rounds").map(Double::intValue).orElse(isQuick() ? 1 : 3);
    }

    Timing timing() {
        Timing timing = isQuick() ? Timing.quick() : Timing.standard();
        Timing measuring = number("--seconds").map(timing::measuring).orElse(timing);
        return number("--others").map(measuring::allowingOthers).orElse(measuring);
    }

    /** What all are compared with, if not each with the hand-written endpoint in its own container. */
    Optional<String> base() {
        return value("--base").map(name -> Candidate.named(name).name());
    }

    /** The JDK that the servers run on. */
    Path java() {
        return Path.of(value("--java").orElse(System.getProperty("java.home")));
    }

    /** More options for the servers' JVM. */
    List<String> jvmOptions() {
        return value("--jvm").map(options -> List.of(options.split(" ", -1))).orElse(List.of());
    }

    Path servers() {
        return Path.of(value("--servers").orElse("benchmarks/servers"));
    }

    /** Where the tables are written. */
    Path file() {
        return Path.of(value("--file").orElse("benchmarks/load/target/comparison.md"));
    }

    private boolean isQuick() {
        return given.containsKey(QUICK);
    }

    private Optional<Stream<String>> list(String name) {
        return value(name).map(names -> Arrays.stream(names.split(",", -1)));
    }

    private Optional<Double> number(String name) {
        try {
            return value(name).map(Double::parseDouble);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " must be a number, was " + given.get(name), wrong);
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name));
    }
}
