package io.channelbox.clients;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests of src/test/js in Node, and what is asked of the module as a file. */
class JavaScriptTest {

    private static final int LARGEST = 12_288;
    private static final Path CLIENT = Path.of("../chat-jakarta-websocket/src/main/js");

    private static final Pattern SAMPLE = Pattern.compile("```js\n(.*?)```\n", Pattern.DOTALL);
    private static final String PRELUDE = """
            declare function fetchToken(): Promise<string>;
            declare function show(...what: unknown[]): void;
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final Node node = Node.unpack();

    @TestFactory
    List<DynamicTest> theClientAlone() throws Exception {
        return run("client.test.mjs", Map.of());
    }

    @TestFactory
    List<DynamicTest> theClientAndARealServer() throws Exception {
        try (var desk = new ControlDesk()) {
            return run("server.test.mjs", Map.of("CONTROL", desk.address()));
        }
    }

    @TestFactory
    List<DynamicTest> whatThePageOfTheRoomChatKnows() throws Exception {
        return run("page.test.mjs", Map.of());
    }

    /** Every test of a file, as a test of this run: what it said when it failed is its failure. */
    private List<DynamicTest> run(String file, Map<String, String> environment) throws Exception {
        Node.Result result =
                node.run(environment, "--test-reporter=./src/test/js/reporter.mjs", "--test", "src/test/js/" + file);
        List<DynamicTest> tests = new ArrayList<>();
        for (String line :
                result.out().lines().filter(text -> text.startsWith("{")).toList()) {
            JsonNode event = json.readTree(line);
            tests.add(DynamicTest.dynamicTest(event.get("name").asText(), () -> {
                if (event.has("error")) {
                    fail(event.get("error").asText());
                }
            }));
        }
        assertFalse(tests.isEmpty(), () -> "Node ran no tests:\n" + result.out() + result.err());
        tests.add(DynamicTest.dynamicTest(
                file + " came to its end", () -> assertTrue(result.exit() <= 1, result.out() + result.err())));
        return tests;
    }

    @Test
    void theModuleIsSmall() throws Exception {
        Path terser = WebJar.unpack("terser", "/dist/").resolve("bundle.min.js");

        Node.Result result = node.run(
                Map.of(),
                "src/test/js/minify.cjs",
                terser.toString(),
                CLIENT.resolve("channelbox.js").toString());

        assertEquals(0, result.exit(), result.err());
        int size = result.out().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(size > 1_000 && size <= LARGEST, "minified it has " + size + " bytes");
    }

    @Test
    void theTypesSayWhatPagesMayWrite() throws Exception {
        assertEquals("", compile("src/test/js/types.ts"));
    }

    @Test
    void theSamplesOfThePageAreWhatTheTypesAllow() throws Exception {
        String samples = SAMPLE.matcher(Files.readString(Path.of("../docs/javascript.md")))
                .results()
                .map(sample -> sample.group(1))
                .collect(joining());
        String module = samples.replace("'/channelbox/channelbox.js'", "'../" + CLIENT + "/channelbox.js'");
        Path file = Files.writeString(Path.of("target/samples.ts"), PRELUDE + module);

        assertTrue(samples.contains("room.publish('say'"), samples);
        assertEquals("", compile(file.toString()));
    }

    private String compile(String file) throws Exception {
        Path lib = WebJar.unpack("typescript", "/lib/");
        List<String> command = new ArrayList<>(List.of(lib.resolve("tsc.js").toString()));
        command.addAll(List.of("--noEmit", "--strict", "--target", "es2022", "--module", "es2022"));
        command.addAll(List.of("--moduleResolution", "bundler", "--lib", "es2022,dom", file));
        Node.Result result = node.run(Map.of(), command.toArray(String[]::new));
        return result.out() + result.err();
    }
}
