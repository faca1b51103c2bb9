package io.channelbox.examples.room;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The jar with a file to keep its rooms in, which is killed and started again on the same port. */
final class Program implements AutoCloseable {

    private final Path folder;
    private int port;
    private @Nullable Process process;
    private volatile CompletableFuture<Integer> up = new CompletableFuture<>();

    private Program(Path folder) {
        this.folder = folder;
    }

    static Program in(Path folder) throws IOException {
        var program = new Program(folder);
        program.start();
        return program;
    }

    /** Starts it, and waits until it can be reached. */
    void start() throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String jar = System.getProperty("example.jar");
        process = new ProcessBuilder(
                        java, "-jar", jar, "--demo", "--port", Integer.toString(port), "--data", "rooms.db")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = Objects.requireNonNull(process.inputReader().readLine(), "it ended without a word");
        port = Integer.parseInt(line.replaceAll(".*:(\\d+)/.*", "$1"));
        up.complete(port);
    }

    /** Ends it in the middle of whatever it does: SIGKILL. */
    void kill() throws InterruptedException {
        up = new CompletableFuture<>();
        Objects.requireNonNull(process).destroyForcibly().waitFor();
    }

    /** Waits until it can be reached, and returns where. */
    int port() throws Exception {
        return up.get(60, SECONDS);
    }

    @Override
    public void close() {
        Objects.requireNonNull(process).destroyForcibly();
    }
}
