package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    @Test
    void whatIsNotSaidIsEverythingThreeTimes() {
        Options options = Options.parse();

        assertEquals(3, options.rounds());
        assertEquals(
                Workload.names(),
                options.workloads().stream().map(Workload::name).toList());
    }

    @Test
    void whatIsSaidIsDone() {
        Options options =
                Options.parse("--quick", "--candidates", "netty", "--seconds", "4", "--jvm", "-Xint -verbose");

        assertEquals(1, options.rounds());
        assertEquals(
                List.of("netty"),
                options.candidates().stream().map(Candidate::name).toList());
        assertEquals(Timing.quick().measuring(4), options.timing());
        assertEquals(List.of("-Xint", "-verbose"), options.jvmOptions());
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsRun() {
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--workloads", "w3"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--candidates", "tomcat"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--rounds", "0"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--java", "/nowhere"));
        var noNumber = assertThrows(IllegalArgumentException.class, () -> Options.parse("--seconds", "abc"));
        assertTrue(noNumber.toString().contains("--seconds must be a number, was abc"), noNumber::toString);
    }

    @Test
    void whatIsUnknownIsRefusedWithWhatThereIs() {
        var unknown = assertThrows(IllegalArgumentException.class, () -> Options.parse("--round", "3"));

        assertTrue(unknown.toString().contains("--rounds"));
    }

    @Test
    void whoNeedsANewerJavaThanTheServersHaveIsRefusedWithTheCure(@TempDir Path home) throws IOException {
        String java = jdk(home, "17.0.15");

        var tooOld = assertThrows(
                IllegalArgumentException.class,
                () -> Options.parse("--candidates", "netty,atmosphere", "--java", java));

        assertTrue(tooOld.toString().contains("atmosphere needs Java 21, and " + java + " has 17"), tooOld::toString);
        assertTrue(tooOld.toString().contains("--java /path/to/jdk-25"), tooOld::toString);
        assertFalse(names(Options.parse("--java", java)).contains("atmosphere"), "where nobody is named");
    }

    @Test
    void whoNeedsANewJavaTakesPartWhereTheServersHaveIt(@TempDir Path home) throws IOException {
        String java = jdk(home, "25");

        assertEquals(List.of("atmosphere"), names(Options.parse("--candidates", "atmosphere", "--java", java)));
        assertTrue(names(Options.parse("--java", java)).contains("atmosphere"));
    }

    private static List<String> names(Options options) {
        return options.candidates().stream().map(Candidate::name).toList();
    }

    private static String jdk(Path home, String version) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        assertTrue(Files.writeString(java, "").toFile().setExecutable(true));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"any\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home.toString();
    }

    @Test
    void whatThereIsToChooseIsToldWhoAsksForHelp() throws IOException {
        String usage = Options.usage();

        assertMentions(usage, Options.names());
        assertMentions(usage, Workload.names());
        assertMentions(usage, Candidate.all().stream().map(Candidate::name).toList());
    }

    @Test
    void everyOptionIsDocumented() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "benchmarks.md"));

        assertMentions(
                page, Options.names().stream().map(name -> "| `" + name + "` |").toList());
    }

    private static void assertMentions(String text, Collection<String> words) {
        assertEquals(
                List.of(), words.stream().filter(word -> !text.contains(word)).toList());
    }
}
