package io.channelbox.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AsyncApiPageTest {

    @Test
    void theSampleOfThePageIsThisFile() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/channelbox/readme/ProtocolTest.java"));
        String sample = source.substring(source.indexOf("class ProtocolTest"));

        String page = Files.readString(Path.of("../docs/asyncapi.md"));

        assertTrue(page.contains("```java\n" + sample + "```\n"), "copy ProtocolTest.java into docs/asyncapi.md");
    }
}
