package io.channelbox.benchmarks.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A candidate in a process of its own. */
final class Server implements AutoCloseable {

    private static final String READY = "READY ";
    private static final Pattern HEAP_USED = Pattern.compile("heap .*?used (\\d+)K");

    private final Process process;
    private final int port;
    private final Path java;

    private Server(Process process, int port, Path java) {
        this.process = process;
        this.port = port;
        this.java = java;
    }

    /** Starts it with the Java of this home, and waits until it listens. */
    static Server start(Candidate candidate, Path servers, Path java, List<String> jvmOptions) throws IOException {
        Path target = servers.resolve(candidate.module()).resolve("target");
        Path classPath = target.resolve("classpath.txt");
        if (!Files.exists(classPath)) {
            throw new IOException(classPath + " is not there. Build the servers first, see docs/benchmarks.md");
        }
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString(), "-Xms1g", "-Xmx2g"));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                target.resolve("classes")
                        + File.pathSeparator
                        + Files.readString(classPath).strip(),
                candidate.mainClass(),
                "0"));
        command.addAll(candidate.arguments());
        Process process = new ProcessBuilder(command)
                .redirectError(target.resolve(candidate.name() + ".log").toFile())
                .start();
        return new Server(process, portOf(process, candidate), java);
    }

    private static int portOf(Process process, Candidate candidate) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                drop(output, candidate);
                return Integer.parseInt(line.substring(READY.length()));
            }
        }
        throw new IOException(candidate.name() + " ended before it was ready; see benchmarks/servers/"
                + candidate.module() + "/target/" + candidate.name() + ".log");
    }

    private static void drop(BufferedReader output, Candidate candidate) {
        var reader = new Thread(() -> output.lines().forEach(line -> {}), candidate.name() + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** What lives in its heap after a collection, in KiB. */
    long liveHeap() throws IOException {
        jcmd("GC.run");
        Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IOException("the heap of process " + pid() + " could not be read");
        }
        return Long.parseLong(used.group(1));
    }

    private String jcmd(String request) throws IOException {
        Process jcmd = new ProcessBuilder(java.resolve("bin/jcmd").toString(), Long.toString(pid()), request)
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
