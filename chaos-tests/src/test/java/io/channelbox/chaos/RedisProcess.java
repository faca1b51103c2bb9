package io.channelbox.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisExecProvider;

/** A Redis that has everything on its disk before it answers, so that nothing is lost when it is killed. Always at the same port. */
final class RedisProcess implements AutoCloseable {

    private static final Duration LOOK_AROUND = Duration.ofMillis(20);

    private final int port = FreePort.find();
    private final Path folder;
    private final String executable;
    private volatile Process process;

    private RedisProcess(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.executable = RedisExecProvider.defaultProvider().get().getPath();
        this.process = launch();
    }

    static RedisProcess in(Path folder) throws IOException, InterruptedException {
        return new RedisProcess(folder);
    }

    int port() {
        return port;
    }

    String uri() {
        return uri(port);
    }

    static String uri(int port) {
        return "redis://127.0.0.1:" + port;
    }

    private Process launch() throws IOException, InterruptedException {
        List<String> command = List.of(
                executable,
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--logfile",
                "redis.log",
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!answers()) {
            if (started.waitFor(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("Redis did not start, see " + folder.resolve("redis.log"));
            }
        }
        return started;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it like a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void restart() throws IOException, InterruptedException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
