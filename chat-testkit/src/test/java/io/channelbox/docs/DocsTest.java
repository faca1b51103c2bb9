package io.channelbox.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java sample in README.md and docs/ is code that this build compiles: a sample that is a type is the end of a file, behind its
 * imports, and any other sample stands somewhere in a file, however deep.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsTest {

    private static final Path ROOT = Path.of("..");
    private static final String COMPILED = File.separator + "target" + File.separator;
    private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("((final|sealed|abstract) )*(class|interface|record|enum) ");
    private static final Pattern BEFORE = Pattern.compile("(package .*;\n|import .*;\n|\n)*");

    /** How the samples begin that are compiled nowhere, since what stands around them is the reader's own. */
    private static final Set<String> SKETCHES = Set.of(
            "ChannelBox box = ChannelBox.builder().build();",
            "ChannelBox box = ChannelBox.builder()",
            "ChatEndpoints.of(box).authenticate(subprotocol(tokens)).subprotocols(\"chat.v1\")",
            "ChatEndpoints endpoints = ChatEndpoints.of(box)",
            "Context context = tomcat.addContext(contextPath, base.toString());",
            "var context = new ServletContextHandler(\"/\", ServletContextHandler.SESSIONS);",
            "ServerContainer tyrus = ServerContainerFactory.createServerContainer(Map.of());",
            "var dataSource = new SQLiteDataSource();");

    private List<String> sources = List.of();

    @BeforeAll
    void readSources() throws IOException {
        sources = files(ROOT, ".java").map(DocsTest::read).toList();
    }

    static Stream<Path> pages() throws IOException {
        return Stream.concat(Stream.of(ROOT.resolve("README.md")), files(ROOT.resolve("docs"), ".md"))
                .filter(page -> !samplesOf(page).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theSamplesOfThePageAreCompiled(Path page) {
        List<String> strange = samplesOf(page).stream()
                .filter(sample -> !SKETCHES.contains(firstLineOf(sample)))
                .filter(sample -> sources.stream().noneMatch(source -> has(source, sample)))
                .toList();

        assertEquals(List.of(), strange, "copy from a file that is compiled");
    }

    @ParameterizedTest
    @MethodSource("sketches")
    void whatIsSaidToBeASketchIsOne(String firstLine) throws IOException {
        assertTrue(
                pages().flatMap(page -> samplesOf(page).stream())
                        .anyMatch(sample -> firstLineOf(sample).equals(firstLine)),
                "no sample begins like this any more");
    }

    static Set<String> sketches() {
        return SKETCHES;
    }

    private static boolean has(String source, String sample) {
        return TYPE.matcher(sample).lookingAt()
                ? source.endsWith(sample)
                        && BEFORE.matcher(source.substring(0, source.length() - sample.length()))
                                .matches()
                : flat(source).contains(flat(sample));
    }

    private static String flat(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static String firstLineOf(String sample) {
        return sample.substring(0, sample.indexOf('\n'));
    }

    private static List<String> samplesOf(Path page) {
        return SAMPLE.matcher(read(page))
                .results()
                .map((MatchResult sample) -> sample.group(1))
                .toList();
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(ending) && !file.toString().contains(COMPILED))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
