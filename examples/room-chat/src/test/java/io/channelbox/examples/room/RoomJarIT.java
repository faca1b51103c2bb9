package io.channelbox.examples.room;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, started and stopped as its user would. */
class RoomJarIT {

    private static final int STOPPED_BY_SIGTERM = 143;

    private final List<Process> started = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path folder;

    @AfterEach
    void stopAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itTellsItsAddressServesAndStopsWithinFiveSecondsOfSigterm() throws Exception {
        Process program = start("--port", "0", "--demo");
        Peer ann = Peer.connect(portToldBy(program.inputReader()), "/ws/chat/7?user=ann");
        ann.receive(2);

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
        environment.put("ROOM_CHAT_SECRET", "short");
        assertFailsInOneLine(start("--port", "0"));
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
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process program = builder.start();
        started.add(program);
        return program;
    }
}
