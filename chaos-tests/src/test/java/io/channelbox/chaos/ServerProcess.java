package io.channelbox.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which can be asked to end, made to, and stopped for a while. Always at the same port. */
final class ServerProcess implements AutoCloseable {

    private final int port = FreePort.find();
    private final Class<?> program;
    private final Path log;
    private final List<String> args;
    private volatile Process process;

    private ServerProcess(Class<?> program, Path log, List<String> args) throws IOException {
        this.program = program;
        this.log = log;
        this.args = args;
        this.process = launch();
    }

    /** Starts a program, which is told its port and then these arguments. */
    static ServerProcess of(Class<?> program, Path log, String... args) throws IOException {
        return new ServerProcess(program, log, List.of(args));
    }

    int port() {
        return port;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                Integer.toString(port)));
        command.addAll(args);
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        BufferedReader out = started.inputReader(UTF_8);
        for (String line = out.readLine(); !RoomServer.READY.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the server did not start, see " + log);
            }
        }
        return started;
    }

    void restart() throws IOException {
        process = launch();
    }

    /** Ends it like a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Stops it in the middle of whatever it does, until it may {@link #resume}. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Lets it end in order, and answers what it ended with. */
    int drain() throws IOException, InterruptedException {
        process.getOutputStream().close(); // which is how it is asked
        return process.waitFor();
    }

    /** Lets this time go by, unless the server ends by itself meanwhile. */
    void runFor(Duration time) throws IOException, InterruptedException {
        if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the server has ended by itself with " + process.exitValue() + ", see " + log);
        }
    }

    /** Returns what the server complained of, in all its lives. */
    List<String> errors() throws IOException {
        try (var lines = Files.lines(log, UTF_8)) {
            return lines.filter(line ->
                            line.contains(" ERROR ") || line.contains("SEVERE") || line.contains("Exception in thread"))
                    .toList();
        }
    }

    Path log() {
        return log;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
