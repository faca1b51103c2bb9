package io.channelbox.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages are floors here as in the core: each imports only from those below it. The rule is also seen failing. */
class FloorsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final Map<String, Set<String>> BELOW = Map.of(
            "conversation",
            Set.of("message", "auth"),
            "conversation.moderation",
            Set.of("message", "auth", "conversation"),
            "conversation.realtime",
            Set.of(
                    "message",
                    "auth",
                    "conversation",
                    "event",
                    "codec",
                    "limit",
                    "history",
                    "broker",
                    "channel",
                    "presence",
                    "consumer"));

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?io\\.channelbox\\.([a-z.]*[a-z])\\.", Pattern.MULTILINE);

    @Test
    void everyPackageImportsOnlyFromThoseBelowIt() throws IOException {
        assertEquals(List.of(), breachesIn(SOURCES));
    }

    @Test
    void anImportFromAboveIsSeen(@TempDir Path planted) throws IOException {
        plant(planted, "conversation", "import io.channelbox.conversation.realtime.LiveConversations;");
        plant(planted, "conversation/moderation", "import static io.channelbox.channel.Group.of;");
        plant(planted, "conversation/realtime", "import io.channelbox.conversation.Conversation;");
        plant(planted, "conversation/extra", "");

        assertEquals(
                List.of(
                        "conversation uses conversation.realtime",
                        "conversation.extra has no floor",
                        "conversation.moderation uses channel"),
                breachesIn(planted));
    }

    private static List<String> breachesIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            var breaches = new ArrayList<String>();
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                breaches.addAll(breachesOf(packageOf(root, file), Files.readString(file)));
            }
            return breaches;
        }
    }

    private static String packageOf(Path root, Path file) {
        Path folder = Path.of("io/channelbox").relativize(root.relativize(Objects.requireNonNull(file.getParent())));
        return folder.toString().replace('/', '.').replace('\\', '.');
    }

    private static List<String> breachesOf(String own, String code) {
        Set<String> below = BELOW.get(own);
        if (below == null) {
            return List.of(own + " has no floor");
        }
        return IMPORT.matcher(code)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(other -> !other.equals(own) && !below.contains(other))
                .map(other -> own + " uses " + other)
                .toList();
    }

    private static void plant(Path root, String folder, String code) throws IOException {
        Path file = root.resolve("io/channelbox").resolve(folder).resolve("Planted.java");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, code);
    }
}
