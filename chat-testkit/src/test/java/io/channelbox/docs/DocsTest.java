package io.channelbox.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every Java sample of a page is the end of a file in the package of the page's name, behind its imports. */
class DocsTest {

    private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern BEFORE = Pattern.compile("(package .*;\n|import .*;\n|\n)*");

    @ParameterizedTest
    @ValueSource(strings = {"delivery", "testing"})
    void theSamplesOfThePageAreCompiledAndRun(String page) throws IOException {
        List<String> samples = SAMPLE.matcher(Files.readString(Path.of("../docs", page + ".md")))
                .results()
                .map((MatchResult sample) -> sample.group(1))
                .toList();
        List<String> sources = sources(Path.of("src/test/java/io/channelbox/docs", page));

        assertFalse(samples.isEmpty());
        assertEquals(
                List.of(),
                samples.stream()
                        .filter(sample -> sources.stream().noneMatch(source -> isAllOf(source, sample)))
                        .toList(),
                "copy the file to where this stands");
    }

    private static boolean isAllOf(String source, String sample) {
        return source.endsWith(sample)
                && BEFORE.matcher(source.substring(0, source.length() - sample.length()))
                        .matches();
    }

    private static List<String> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(DocsTest::read).toList();
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
