package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What the figures hold for. */
final class Machine {

    private Machine() {}

    static String describe(Options options, List<String> arguments) throws IOException {
        return """
                Measured on %s: %d processors (%s), %s; the servers on
                %s
                with `Compare %s`. Medians (least..most) of %d rounds.
                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
                        version(options.java()),
                        String.join(" ", arguments),
                        options.rounds());
    }

    private static String processor() throws IOException {
        return Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String version(Path java) throws IOException {
        Process process = new ProcessBuilder(java.resolve("bin/java").toString(), "-version")
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .findFirst()
                .orElse("unknown");
    }
}
