package io.channelbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages are floors: each stands on those below it. Every rule is also seen failing, on a tree that breaks it. */
class FloorsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private final Path planted;

    FloorsTest(@TempDir Path planted) {
        this.planted = planted;
    }

    @BeforeEach
    void plantAHouseThatStands() throws IOException {
        for (String name : List.of("message", "event", "codec", "broker", "channel", "consumer")) {
            plant(name, "package-info", "");
        }
        plant(
                "broker",
                "Broker",
                "import io.channelbox.message.Frame;\nimport io.channelbox.codec.Codec;\nclass Broker {}");
        assertEquals(List.of(), Floors.breachesIn(planted));
    }

    @Test
    void theSourcesOfTheCoreKeepTheRules() {
        assertTrue(Files.isDirectory(SOURCES), "run this in the module's folder");

        assertEquals(List.of(), Floors.breachesIn(SOURCES));
    }

    @ParameterizedTest
    @CsvSource({"message,event", "codec,broker", "broker,channel", "channel,consumer", "message,consumer"})
    void usingAFloorAboveIsSeen(String lower, String upper) throws IOException {
        plant(lower, "Planted", "import io.channelbox." + upper + ".Thing;\nclass Planted {}");

        assertEquals(List.of(file(lower, "Planted") + " uses " + upper + ", which is not below " + lower), breaches());
    }

    @Test
    void usingANeighbourIsSeen() throws IOException {
        plant("event", "Planted", "import io.channelbox.codec.Codec;\nclass Planted {}");

        assertEquals(List.of(file("event", "Planted") + " uses codec, which is not below event"), breaches());
    }

    @Test
    void anImportOfAStaticMemberAndAFullNameInTheCodeCountToo() throws IOException {
        plant("message", "Imported", "import static io.channelbox.codec.Codec.of;\nclass Imported {}");
        plant("message", "Named", "class Named { io.channelbox.codec.Codec codec; }");

        assertEquals(2, breaches().size());
    }

    @Test
    void aNameInACommentOrATextIsNoUse() throws IOException {
        plant(
                "message",
                "Planted",
                "/** See {@link io.channelbox.codec.Codec}. */\nclass Planted { String s = \"io.channelbox.codec\"; }");

        assertEquals(List.of(), breaches());
    }

    @Test
    void aPackageWithoutAFloorIsSeen() throws IOException {
        plant("chat", "package-info", "");

        assertEquals(List.of(file("chat", "package-info") + " is in package chat, which has no floor"), breaches());
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal", "impl", "util", "common"})
    void aPackageThatSaysNothingIsSeen(String name) throws IOException {
        plant("channel/" + name, "package-info", "");

        assertEquals(List.of(file("channel/" + name, "package-info") + " is in a package named " + name), breaches());
    }

    @Test
    void aPackageWithoutPackageInfoIsSeen() throws IOException {
        plant("history", "Planted", "class Planted {}");

        assertEquals(List.of(file("history", "Planted") + " is in a package without package-info"), breaches());
    }

    @Test
    void jacksonOutsideTheCodecsIsSeen() throws IOException {
        plant("codec", "JsonCodec", "import com.fasterxml.jackson.databind.ObjectMapper;\nclass JsonCodec {}");
        plant("broker", "Planted", "import com.fasterxml.jackson.databind.ObjectMapper;\nclass Planted {}");

        assertEquals(List.of(file("broker", "Planted") + " uses com.fasterxml.jackson"), breaches());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thread.sleep", "System.out", "System.err", ".printStackTrace("})
    void whatALibraryNeverDoesIsSeen(String word) throws IOException {
        plant("channel", "Planted", "class Planted { void run() { " + word + " } }");

        assertEquals(List.of(file("channel", "Planted") + " says " + word), breaches());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static int count;",
                "private static volatile boolean ready = false;",
                "static final java.util.Map<String, String> ALL = new java.util.HashMap<>();",
                "private static final AtomicLong NEXT = new AtomicLong();",
                "static final int[] TABLE = {1, 2};"
            })
    void staticStateIsSeen(String field) throws IOException {
        plant("channel", "Planted", "class Planted {\n    " + field + "\n}");

        assertEquals(1, breaches().size(), breaches()::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static final int MOST = 3;",
                "private static final List<String> ALL = List.of(\"a\");",
                "static int twice(int n) { return n * 2; }",
                "static final class Inner {}",
                "static <T> T same(T t) { int n = 0; return t; }"
            })
    void whatCannotChangeIsAllowed(String member) throws IOException {
        plant("channel", "Planted", "class Planted {\n    " + member + "\n}");

        assertEquals(List.of(), breaches());
    }

    private List<String> breaches() {
        return Floors.breachesIn(planted);
    }

    private void plant(String folder, String type, String body) throws IOException {
        Path file = planted.resolve(file(folder, type));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package io.channelbox." + folder.replace('/', '.') + ";\n" + body);
    }

    private static String file(String folder, String type) {
        return Path.of("io", "channelbox", folder, type + ".java").toString();
    }
}
