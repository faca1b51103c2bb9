package io.channelbox.examples.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The jar with what it keeps in a folder, which is killed and started again on the same port. */
final class Program implements AutoCloseable {

    private final Path folder;
    private int port;
    private @Nullable Process process;

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
        process = new ProcessBuilder(
                        java, "-jar", System.getProperty("example.jar"), "--demo", "--port", Integer.toString(port))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = Objects.requireNonNull(process.inputReader().readLine(), "it ended without a word");
        port = Integer.parseInt(line.replaceAll(".*:(\\d+)/.*", "$1"));
    }

    /** Ends it in the middle of whatever it does: SIGKILL. */
    void kill() throws InterruptedException {
        Objects.requireNonNull(process).destroyForcibly().waitFor();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        Objects.requireNonNull(process).destroyForcibly();
    }
}
