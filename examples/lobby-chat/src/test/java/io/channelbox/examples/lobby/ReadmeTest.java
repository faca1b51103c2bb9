package io.channelbox.examples.lobby;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void theFirstSampleOfTheReadmeIsThisProgramsConsumer() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/channelbox/examples/lobby/LobbyConsumer.java"));
        String sample = source.substring(source.indexOf("final class LobbyConsumer"));

        String readme = Files.readString(Path.of("../../README.md"));

        assertTrue(readme.contains("```java\n" + sample + "```\n"), "copy LobbyConsumer into README.md");
    }
}
