package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void withoutOptionsItIsPort8002AndNoDemo() {
        assertEquals(new Settings(8_002, Path.of("typed-chat-data"), false, false), Settings.of());
    }

    @Test
    void allOptionsAreRead() {
        assertEquals(
                new Settings(0, Path.of("here"), true, true),
                Settings.of("--demo", "--port", "0", "--completion", "--data", "here"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot 8002", "--port", "--port many", "--port 70000", "--data", "lobby"})
    void anythingElseIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> Settings.of(line.split(" ", -1)));
    }
}
