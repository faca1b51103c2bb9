package io.channelbox.examples.support;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** What must hold of every example's jar, started and stopped as its user would; extended by one test class for each. */
public abstract class JarSuite {

    private static final int STOPPED_BY_SIGTERM = 143;

    private final List<Process> started = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    /** Where the program runs, and may keep what it has. */
    @TempDir
    protected Path folder;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // before each test
    protected JarSuite() {}

    @AfterEach
    void stopAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aPortThatIsTakenIsOneClearLine() throws Exception {
        int port = portToldBy(start("--port", "0"));

        String told = assertFailsInOneLine("--port", Integer.toString(port));

        assertTrue(told.contains("port " + port + " is taken, try --port "), told);
    }

    @Test
    void optionsItDoesNotKnowAreOneClearLine() throws Exception {
        String told = assertFailsInOneLine("--port", "many");

        assertTrue(told.contains("--port needs a number from 0 to 65535"), told);
        assertFailsInOneLine("--prot", "8001");
        assertFailsInOneLine("--port", "70000");
    }

    /** Sets a variable for the programs that are started from now on. */
    protected final void withEnvironment(String name, String value) {
        environment.put(name, value);
    }

    /** Starts the program. It ends with the test. */
    protected final Process start(String... arguments) throws IOException {
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

    /** Reads the line in which the program tells its address. */
    protected static int portToldBy(Process program) throws IOException {
        String line = Objects.requireNonNull(program.inputReader().readLine(), "it ended without a word");
        return Integer.parseInt(line.replaceAll(".*:(\\d+)/.*", "$1"));
    }

    /** Asks the program to stop, and checks that it does, within five seconds. */
    protected static void assertStopsWhenAsked(Process program) throws InterruptedException {
        program.destroy();

        assertTrue(program.waitFor(5, SECONDS), "it is still running");
        assertEquals(STOPPED_BY_SIGTERM, program.exitValue());
    }

    /** Starts the program, which must fail and say why in one line, and returns that. */
    protected final String assertFailsInOneLine(String... arguments) throws Exception {
        Process program = start(arguments);
        assertTrue(program.waitFor(30, SECONDS), "it is still running");
        assertEquals(2, program.exitValue());
        Predicate<String> saidByJava = line -> line.startsWith("WARNING: "); // 25 says it of what the container does
        List<String> lines =
                program.errorReader().lines().filter(saidByJava.negate()).toList();
        assertEquals(1, lines.size());
        return lines.get(0);
    }
}
