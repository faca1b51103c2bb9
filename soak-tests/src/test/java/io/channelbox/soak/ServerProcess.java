package io.channelbox.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a process of its own, and the line on which it is asked. */
final class ServerProcess implements AutoCloseable {

    /** {@code   12:          2000         112000  io.channelbox.channel.Channel} */
    private static final Pattern OWN_OBJECTS =
            Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S*io\\.channelbox\\.(?!soak\\.)\\S*).*");

    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final int port;

    private ServerProcess(Path log, Process process) throws IOException {
        this.log = log;
        this.process = process;
        this.answers = process.inputReader(UTF_8);
        this.questions = new PrintStream(process.getOutputStream(), true, UTF_8);
        this.port = Integer.parseInt(next().substring(SoakServer.READY.length()));
    }

    static ServerProcess start(Container container, Path log) throws IOException {
        return new ServerProcess(
                log,
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx512m",
                                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                                "-cp",
                                container.only(System.getProperty("java.class.path")),
                                SoakServer.class.getName(),
                                container.name())
                        .redirectError(log.toFile())
                        .start());
    }

    int port() {
        return port;
    }

    Sample sample() throws IOException {
        return Sample.parse(ask(SoakServer.SAMPLE).get(0));
    }

    /** Lets this time go by, unless the server ends by itself meanwhile. */
    void runFor(Duration time) throws IOException, InterruptedException {
        if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the server has ended by itself with " + process.exitValue() + ", see " + log);
        }
    }

    void settle() throws IOException {
        ask(SoakServer.SETTLE);
    }

    /** Returns how many live objects there are of each class of the library. */
    Map<String, Long> objects() throws IOException {
        Map<String, Long> objects = new TreeMap<>();
        for (String line : ask(SoakServer.OBJECTS)) {
            Matcher own = OWN_OBJECTS.matcher(line);
            if (own.matches()) {
                objects.merge(own.group(2), Long.parseLong(own.group(1)), Long::sum);
            }
        }
        if (objects.isEmpty()) {
            throw new IOException("the JVM has told of no objects of the library");
        }
        return objects;
    }

    private List<String> ask(String question) throws IOException {
        questions.println(question);
        List<String> answer = new ArrayList<>();
        for (String line = next(); !line.equals(SoakServer.END); line = next()) {
            answer.add(line);
        }
        return answer;
    }

    private String next() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server has ended, see " + log);
        }
        return line;
    }

    /** Returns what it complained of. */
    List<String> errors() throws IOException {
        try (var lines = Files.lines(log, UTF_8)) {
            return lines.filter(line -> line.contains(" ERROR ")
                            || line.contains("SEVERE")
                            || line.contains("Exception in thread")
                            || line.contains("OutOfMemoryError"))
                    .toList();
        }
    }

    long warnings() throws IOException {
        try (var lines = Files.lines(log, UTF_8)) {
            return lines.filter(line -> line.contains(" WARN ")).count();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
