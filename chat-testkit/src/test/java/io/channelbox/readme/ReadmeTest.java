package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadmeTest {

    @ParameterizedTest
    @CsvSource({"RoomConsumer.java, final class RoomConsumer", "RoomConsumerTest.java, class RoomConsumerTest"})
    void theSamplesOfTheReadmeAreTheseFiles(String file, String start) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/channelbox/readme", file));
        String sample = source.substring(source.indexOf(start));

        String readme = Files.readString(Path.of("../README.md"));

        assertTrue(readme.contains("```java\n" + sample + "```\n"), "copy " + file + " into README.md");
    }
}
