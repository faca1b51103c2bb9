package io.channelbox.examples.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * How the program was started: {@code --port N} (8000 unless given, 0 is any that is free), {@code --data FILE}, where what is said
 * is kept (in memory unless given), or {@code --redis URI}, by which several programs are one chat and which keeps it, {@code --demo}, and the secret that
 * tokens are signed with, from the environment variable {@code ROOM_CHAT_SECRET}; without it sessions end with the program, except those of a demo.
 */
record Settings(int port, boolean demo, Optional<Path> data, Optional<String> redis, String secret) {

    private static final int PORT = 8_000;
    // So that a page comes back by itself after a restart. It protects nothing, but a demo believes ?user= anyway.
    private static final String DEMO_SECRET = "a demo believes everyone, so this is no secret";

    /** Refuses a secret that is too short for HS256, and two places to keep things in. */
    Settings {
        if (data.isPresent() && redis.isPresent()) {
            throw new IllegalArgumentException(
                    "What is said is kept in Redis or in a file: --redis or --data, not both.");
        }
        if (secret.getBytes(UTF_8).length < 32) {
            throw new IllegalArgumentException("ROOM_CHAT_SECRET must have at least 32 bytes.");
        }
    }

    /** Reads what the program was started with; the text of what it refuses is for who started it. */
    static Settings of(String[] arguments, Map<String, String> environment) {
        String configured = environment.get("ROOM_CHAT_SECRET");
        int port = PORT;
        boolean demo = false;
        Optional<Path> data = Optional.empty();
        Optional<String> redis = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--demo")) {
                demo = true;
            } else if (arguments[i].equals("--port")) {
                port = portIn(++i < arguments.length ? arguments[i] : "");
            } else if (arguments[i].equals("--data")) {
                data = Optional.of(fileIn(++i < arguments.length ? arguments[i] : ""));
            } else if (arguments[i].equals("--redis")) {
                redis = Optional.of(uriIn(++i < arguments.length ? arguments[i] : ""));
            } else {
                throw new IllegalArgumentException(
                        "The options are --port N, --data FILE, --redis URI and --demo, not '" + arguments[i] + "'.");
            }
        }
        if (configured != null) {
            return new Settings(port, demo, data, redis, configured);
        }
        if (redis.isPresent() && !demo) {
            throw new IllegalArgumentException(
                    "With --redis all programs need one ROOM_CHAT_SECRET of at least 32 bytes, or who logs in at one is unknown at the others.");
        }
        return new Settings(port, demo, data, redis, demo ? DEMO_SECRET : random());
    }

    /** Whether it is one, the library says. */
    private static String uriIn(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("--redis needs a URI, such as redis://localhost:6379.");
        }
        return text;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Path fileIn(String text) {
        try {
            Path file = Path.of(text);
            if (!text.isBlank() && !Files.isDirectory(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // told as any other
        }
        throw new IllegalArgumentException(
                "--data needs a file" + (text.isEmpty() ? "." : ", which '" + text + "' cannot be."));
    }

    private static int portIn(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(
                "--port needs a number from 0 to 65535" + (text.isEmpty() ? "." : ", not '" + text + "'."));
    }

    /** Tells everything but the secret, and the URI, which may hold a password. */
    @Override
    public String toString() {
        return "port " + port + data.map(file -> ", data in " + file).orElse("")
                + (redis.isPresent() ? ", with Redis" : "") + (demo ? ", demo" : "");
    }
}
