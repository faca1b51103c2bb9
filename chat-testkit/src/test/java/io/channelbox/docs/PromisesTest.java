package io.channelbox.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/cluster.md names for what it promises is there, and every promise names one. */
class PromisesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("\\| (?!What happens|---).*\\|");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void everyPromiseNamesATestThatIsThere() throws IOException {
        Map<String, String> tests = tests();

        List<String> promises = promises();

        assertTrue(promises.size() > 10, promises::toString);
        promises.forEach(promise -> assertTrue(NAMED.matcher(promise).find(), promise));
        List<String> missing = promises.stream()
                .flatMap(promise -> NAMED.matcher(promise).results())
                .filter(named -> !tests.getOrDefault(named.group(1), "").contains("void " + named.group(2) + "("))
                .map(MatchResult::group)
                .toList();
        assertEquals(List.of(), missing);
    }

    private static List<String> promises() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/cluster.md"));
        String section = page.substring(page.indexOf("## What is promised"));
        return section.lines().filter(ROW.asMatchPredicate()).toList();
    }

    /** Returns the sources of all tests of this build, by the names of their classes. */
    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*[/\\\\]src[/\\\\]test[/\\\\].*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(PromisesTest::nameOf, PromisesTest::read, String::concat));
        }
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
