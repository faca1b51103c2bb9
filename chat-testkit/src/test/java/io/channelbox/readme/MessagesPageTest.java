package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesPageTest {

    @ParameterizedTest
    @CsvSource({"Words.java, sealed interface Words", "WordsTest.java, class WordsTest"})
    void theSamplesOfThePageAreTheseFiles(String file, String start) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/channelbox/readme", file));
        String sample = source.substring(source.indexOf(start));

        String page = Files.readString(Path.of("../docs/messages.md"));

        assertTrue(page.contains("```java\n" + sample + "```\n"), "copy " + file + " into docs/messages.md");
    }
}
