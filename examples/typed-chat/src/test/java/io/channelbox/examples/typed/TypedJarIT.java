package io.channelbox.examples.typed;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, started and stopped as its user would. */
class TypedJarIT {

    private static final int STOPPED_BY_SIGTERM = 143;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stopAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itTellsItsAddressServesAndStopsWithinFiveSecondsOfSigterm() throws Exception {
        Process program = start("--port", "0", "--demo");
        Peer ann = new Browser(portToldBy(program.inputReader())).connect("/ws/chat/lobby/?user=ann");
        ann.receive(3);

        program.destroy();

        assertTrue(program.waitFor(5, SECONDS), "it is still running");
        assertEquals(STOPPED_BY_SIGTERM, program.exitValue());
        assertEquals(1001, ann.closeCode());
    }

    @Test
    void aPortThatIsTakenIsOneClearLine() throws Exception {
        int port = portToldBy(start("--port", "0").inputReader());

        String told = assertFailsInOneLine(start("--port", Integer.toString(port)));

        assertTrue(told.contains("port " + port + " is taken, try --port "), told);
    }

    @Test
    void optionsItDoesNotKnowAreOneClearLine() throws Exception {
        assertFailsInOneLine(start("--port", "many"));
        assertFailsInOneLine(start("--prot", "8001"));
        assertFailsInOneLine(start("--port", "70000"));
        assertFailsInOneLine(start("--data"));
    }

    private static String assertFailsInOneLine(Process program) throws Exception {
        assertTrue(program.waitFor(30, SECONDS), "it is still running");
        assertEquals(2, program.exitValue());
        Predicate<String> saidByJava = line -> line.startsWith("WARNING: "); // 25 says it of what the container does
        List<String> lines =
                program.errorReader().lines().filter(saidByJava.negate()).toList();
        assertEquals(1, lines.size());
        return lines.get(0);
    }

    private static int portToldBy(BufferedReader output) throws IOException {
        String line = Objects.requireNonNull(output.readLine(), "it ended without a word");
        return Integer.parseInt(line.replaceAll(".*:(\\d+)/.*", "$1"));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-jar"));
        command.add(System.getProperty("example.jar"));
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command).directory(folder.toFile()).start();
        started.add(program);
        return program;
    }
}
