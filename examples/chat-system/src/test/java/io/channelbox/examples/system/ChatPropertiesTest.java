package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What cannot be is refused at the start, and what is not set has a sense. */
class ChatPropertiesTest {

    private static final Duration NEVER = Duration.ZERO;

    @Test
    void inADemoAnnModeratesUnlessOthersAreNamed() {
        assertEquals(
                List.of("ann"), properties(true, List.of(), List.of(), NEVER).moderators());
        assertEquals(
                List.of("bob"),
                properties(true, List.of("bob"), List.of(), NEVER).moderators());
        assertEquals(List.of(), properties(false, List.of(), List.of(), NEVER).moderators());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertRefused(() -> properties(false, List.of(""), List.of(), NEVER));
        assertRefused(() -> properties(false, List.of(), List.of("two words"), NEVER));
        assertRefused(() -> properties(false, List.of(), List.of(), Duration.ofDays(-1)));
    }

    @Test
    void severalProgramsNeedADatabaseForAllOfThem() {
        var refused = assertThrows(IllegalArgumentException.class, () -> several(""));

        assertTrue(String.valueOf(refused.getMessage()).contains("PostgreSQL"), refused::getMessage);
        assertTrue(several("postgres://localhost/chat").isOneOfSeveral());
    }

    @Test
    void whatIsNoUriOfARedisIsNotRepeatedSinceThereMayBeAPasswordInIt() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> properties(
                        "postgres://localhost/chat", "redis://:s3 cret@host", true, List.of(), List.of(), NEVER));

        assertNull(refused.getCause());
        assertFalse(String.valueOf(refused.getMessage()).contains("cret@"));
    }

    private static void assertRefused(Runnable making) {
        assertThrows(IllegalArgumentException.class, making::run);
    }

    private static ChatProperties several(String databaseUrl) {
        return properties(databaseUrl, "redis://localhost", true, List.of(), List.of(), NEVER);
    }

    private static ChatProperties properties(
            boolean demo, List<String> moderators, List<String> words, Duration keepMessages) {
        return properties("", "", demo, moderators, words, keepMessages);
    }

    private static ChatProperties properties(
            String databaseUrl,
            String redis,
            boolean demo,
            List<String> moderators,
            List<String> words,
            Duration keepMessages) {
        return new ChatProperties(
                Path.of("data"),
                databaseUrl,
                redis,
                "",
                Duration.ofHours(12),
                demo,
                DataSize.ofMegabytes(10),
                List.of(),
                Duration.ofSeconds(3),
                moderators,
                "",
                words,
                keepMessages,
                NEVER,
                false);
    }
}
