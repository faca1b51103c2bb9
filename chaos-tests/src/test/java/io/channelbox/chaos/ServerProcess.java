package io.channelbox.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChaosServer} in a process of its own, which can be asked to end, or made to. Always at the same port, with the same file. */
final class ServerProcess implements AutoCloseable {

    private final int port = FreePort.find();
    private final Path folder;
    private Process process;

    private ServerProcess(Path folder) throws IOException {
        this.folder = folder;
        this.process = launch();
    }

    static ServerProcess in(Path folder) throws IOException {
        return new ServerProcess(folder);
    }

    int port() {
        return port;
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChaosServer.class.getName(),
                        Integer.toString(port),
                        database().toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        BufferedReader out = started.inputReader(UTF_8);
        for (String line = out.readLine(); !ChaosServer.READY.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("the server did not start, see " + log());
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

    /** Lets it end in order, and answers what it ended with. */
    int drain() throws IOException, InterruptedException {
        process.getOutputStream().close(); // which is how it is asked
        return process.waitFor();
    }

    /** Lets this time go by, unless the server ends by itself meanwhile. */
    void runFor(Duration time) throws IOException, InterruptedException {
        if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the server has ended by itself with " + process.exitValue() + ", see " + log());
        }
    }

    Path database() {
        return folder.resolve("chat.db");
    }

    /** Returns what the server complained of, in all its lives. */
    List<String> errors() throws IOException {
        try (var lines = Files.lines(log(), UTF_8)) {
            return lines.filter(line ->
                            line.contains(" ERROR ") || line.contains("SEVERE") || line.contains("Exception in thread"))
                    .toList();
        }
    }

    Path log() {
        return folder.resolve("server.log");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
