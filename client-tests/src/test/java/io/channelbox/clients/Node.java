package io.channelbox.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The Node that comes with Playwright's driver, so that the build needs none of its own. */
final class Node {

    private static final long MINUTES = 5;

    private final Path binary;

    private Node(Path binary) {
        this.binary = binary;
    }

    /** What a program left behind. */
    record Result(int exit, String out, String err) {}

    static Node unpack() {
        String name = "driver/" + platform() + "/node" + (platform().startsWith("win") ? ".exe" : "");
        Path target = Path.of("target", "node", name.substring(name.lastIndexOf('/') + 1))
                .toAbsolutePath();
        try {
            if (!Files.exists(target)) {
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Path unfinished = Files.createTempFile(target.getParent(), "node", ".part");
                copy(name, unfinished);
                if (!unfinished.toFile().setExecutable(true)) {
                    throw new IllegalStateException(unfinished + " cannot be made executable");
                }
                Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Node(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = Node.class.getClassLoader().getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (system.contains("win")) {
            return "win32_x64";
        }
        if (system.contains("mac")) {
            return arm ? "mac-arm64" : "mac";
        }
        return arm ? "linux-arm64" : "linux";
    }

    Result run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(binary.getParent(), "out", ".txt");
        Path err = Files.createTempFile(binary.getParent(), "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("NODE_NO_WARNINGS", "1");
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Node did not end: " + command + "\n" + Files.readString(out));
            }
            return new Result(
                    process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
