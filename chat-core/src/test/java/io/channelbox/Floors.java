package io.channelbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a source tree and says where it breaks the rules of the house. */
final class Floors {

    private static final Map<String, Integer> FLOOR_OF = Map.ofEntries(
            Map.entry("message", 0),
            Map.entry("event", 1),
            Map.entry("codec", 1),
            Map.entry("auth", 1),
            Map.entry("limit", 1),
            Map.entry("history", 1),
            Map.entry("broker", 2),
            Map.entry("channel", 3),
            Map.entry("cluster", 3),
            Map.entry("presence", 4),
            Map.entry("consumer", 5),
            Map.entry("asyncapi", 6));

    private static final Set<String> NO_PACKAGES = Set.of("internal", "impl", "util", "common");
    private static final Set<String> ONLY_IN_CODEC = Set.of("com.fasterxml.jackson");
    private static final List<String> NEVER =
            List.of("Thread.sleep", "System.out", "System.err", ".printStackTrace(", "System.exit");

    // Constants of these types cannot change, or cannot be told apart by two boxes.
    private static final Set<String> UNCHANGING = Set.of(
            "boolean",
            "char",
            "int",
            "long",
            "AccessPolicy",
            "Ack",
            "Audience",
            "BinaryCodec",
            "CatchUp",
            "ClassValue",
            "CloseStatus",
            "ConsumerOptions",
            "Deliveries",
            "Delivery",
            "Duration",
            "Envelope",
            "GroupSettings",
            "Headers",
            "Health",
            "HistoryPage",
            "HistoryStats",
            "JsonCodec",
            "JsonStyle",
            "Limits",
            "Logger",
            "MessageId",
            "ObjectMapper",
            "OutboxLimits",
            "Pattern",
            "PublishOptions",
            "Reply",
            "Retention",
            "Snapshot",
            "StreamPosition",
            "String",
            "Subprotocols",
            "TextCodec",
            "UserStatus");

    private static final Pattern OURS = Pattern.compile("\\bio\\.channelbox\\.(\\w+)");
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|/\\*.*?\\*/|//[^\\n]*",
            Pattern.DOTALL);
    private static final Pattern STATIC_FIELD =
            Pattern.compile("(?<=[;{}])([^;{}()]*?\\bstatic\\b[^;{}()=]*?)\\b(\\w+)\\s*([=;])([^;]*)");
    private static final Pattern UNCHANGING_COLLECTION =
            Pattern.compile("\\s*(?:List|Set|Map)\\.(?:of|ofEntries|copyOf)\\(.*", Pattern.DOTALL);

    private final Path root;
    private final List<String> broken = new ArrayList<>();

    private Floors(Path root) {
        this.root = root;
    }

    /** Returns every breach below a source root, in words. */
    static List<String> breachesIn(Path root) {
        var floors = new Floors(root);
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(floors::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return floors.broken;
    }

    private void read(Path file) {
        String code;
        try {
            code = COMMENT_OR_TEXT.matcher(Files.readString(file)).replaceAll(Floors::blank);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = root.relativize(file).toString();
        checkPackage(name, file);
        checkFloors(name, code);
        checkJackson(name, code);
        NEVER.stream().filter(code::contains).forEach(word -> breach(name, "says " + word));
        checkStaticFields(name, code);
    }

    private static String blank(MatchResult found) {
        return found.group().startsWith("\"") ? "\"\"" : " ";
    }

    private void checkPackage(String name, Path file) {
        for (Path part : Path.of(name)) {
            if (NO_PACKAGES.contains(part.toString())) {
                breach(name, "is in a package named " + part);
            }
        }
        if (!Files.exists(file.resolveSibling("package-info.java"))) {
            breach(name, "is in a package without package-info");
        }
    }

    private void checkFloors(String name, String code) {
        String own = packageOf(name);
        if (!FLOOR_OF.containsKey(own)) {
            breach(name, "is in package " + own + ", which has no floor");
            return;
        }
        Matcher ours = OURS.matcher(code);
        while (ours.find()) {
            String other = ours.group(1);
            if (!other.equals(own) && FLOOR_OF.getOrDefault(other, Integer.MAX_VALUE) >= FLOOR_OF.get(own)) {
                breach(name, "uses " + other + ", which is not below " + own);
            }
        }
    }

    private static String packageOf(String name) {
        Path inside = Path.of("io/channelbox").relativize(Path.of(name));
        return inside.getNameCount() < 2
                ? "io.channelbox itself"
                : inside.getName(0).toString();
    }

    private void checkJackson(String name, String code) {
        if (!name.contains("codec/")) {
            ONLY_IN_CODEC.stream().filter(code::contains).forEach(library -> breach(name, "uses " + library));
        }
    }

    private void checkStaticFields(String name, String code) {
        Matcher fields = STATIC_FIELD.matcher(code);
        while (fields.find()) {
            String declaration = fields.group(1);
            if (declaration.contains("import ") || declaration.matches("(?s).*\\b(class|interface|record|enum)\\b.*")) {
                continue;
            }
            if (!declaration.matches("(?s).*\\bfinal\\b.*")) {
                breach(name, "has a static field that is not final: " + fields.group(2));
            } else if (!isUnchanging(declaration)
                    && !UNCHANGING_COLLECTION.matcher(fields.group(4)).matches()) {
                breach(name, "has a static field that may change: " + fields.group(2));
            }
        }
    }

    private static boolean isUnchanging(String declaration) {
        String type = declaration
                .replaceAll("@\\w+(\\([^)]*\\))?|\\b(public|protected|private|static|final|transient)\\b", " ")
                .replaceAll("<.*>", " ")
                .strip();
        return UNCHANGING.contains(type);
    }

    private void breach(String name, String what) {
        broken.add(name + " " + what);
    }
}
