package io.channelbox.examples.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Map<String, String> NOTHING = Map.of();

    @Test
    void sessionsOfADemoOutliveTheProgram() {
        assertEquals(
                started(NOTHING, "--demo").secret(), started(NOTHING, "--demo").secret());
    }

    @Test
    void outsideOfADemoTheSecretIsAnotherEachTime() {
        String secret = started(NOTHING).secret();

        assertNotEquals(secret, started(NOTHING).secret());
        assertNotEquals(secret, started(NOTHING, "--demo").secret());
    }

    @Test
    void aConfiguredSecretIsUsedInADemoToo() {
        var environment = Map.of("ROOM_CHAT_SECRET", "0123456789abcdef0123456789abcdef");

        assertEquals(
                "0123456789abcdef0123456789abcdef",
                started(environment, "--demo").secret());
        assertEquals("0123456789abcdef0123456789abcdef", started(environment).secret());
    }

    @Test
    void aShortSecretIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> started(Map.of("ROOM_CHAT_SECRET", "short"), "--demo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "65536"})
    void whatIsNoPortIsRefusedWithTheCure(String port) {
        var refused = assertThrows(IllegalArgumentException.class, () -> started(NOTHING, "--port", port));
        var missing = assertThrows(IllegalArgumentException.class, () -> started(NOTHING, "--port"));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("--port needs a number from 0 to 65535"));
        assertEquals("--port needs a number from 0 to 65535.", missing.getMessage());
    }

    @Test
    void whatIsSaidIsKeptInMemoryUnlessAFileIsNamed() {
        assertEquals(Optional.empty(), started(NOTHING).data());
        assertEquals(
                Optional.of(Path.of("rooms.db")),
                started(NOTHING, "--data", "rooms.db").data());
    }

    @Test
    void whatIsSaidIsKeptInRedisOrInAFile() {
        assertEquals(
                Optional.of("redis://localhost"),
                started(NOTHING, "--demo", "--redis", "redis://localhost").redis());
        assertThrows(
                IllegalArgumentException.class,
                () -> started(NOTHING, "--demo", "--redis", "redis://localhost", "--data", "rooms.db"));
        assertThrows(IllegalArgumentException.class, () -> started(NOTHING, "--demo", "--redis"));
    }

    @Test
    void severalProgramsNeedOneSecret() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> started(NOTHING, "--redis", "redis://localhost"));

        assertTrue(String.valueOf(refused.getMessage()).contains("ROOM_CHAT_SECRET"));
    }

    @Test
    void thePasswordOfRedisIsNotShown() {
        String shown = started(NOTHING, "--demo", "--redis", "redis://:s3cret@localhost")
                .toString();

        assertEquals("port 8000, with Redis, demo", shown);
    }

    @Test
    void whatIsNoFileIsRefused(@TempDir Path folder) {
        var refused = assertThrows(IllegalArgumentException.class, () -> started(NOTHING, "--data", folder.toString()));
        var missing = assertThrows(IllegalArgumentException.class, () -> started(NOTHING, "--data"));

        assertEquals("--data needs a file, which '" + folder + "' cannot be.", refused.getMessage());
        assertEquals("--data needs a file.", missing.getMessage());
    }

    private static Settings started(Map<String, String> environment, String... arguments) {
        return Settings.of(arguments, environment);
    }
}
