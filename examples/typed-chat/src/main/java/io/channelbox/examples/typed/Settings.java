package io.channelbox.examples.typed;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * How the program was started: {@code --port N} (8002 unless given, 0 is any that is free), {@code --data DIR} where rooms and
 * messages are kept, {@code --demo}, which makes a room and believes {@code ?user=} on the sockets, and {@code --completion}, for
 * clients that want to be told what is done with.
 */
record Settings(int port, Path data, boolean demo, boolean completion) {

    static final Settings DEFAULT = new Settings(8_002, Path.of("typed-chat-data"), false, false);

    /** Reads what the program was started with; the text of what it refuses is for who started it. */
    static Settings of(String... arguments) {
        Settings settings = DEFAULT;
        for (int i = 0; i < arguments.length; i++) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--demo" -> settings = settings.inDemo();
                case "--completion" -> settings = settings.tellingCompletion();
                case "--port" -> {
                    settings = settings.at(portIn(value));
                    i++;
                }
                case "--data" -> {
                    settings = settings.in(pathIn(value));
                    i++;
                }
                default ->
                    throw new IllegalArgumentException(
                            "The options are --port N, --data DIR, --demo and --completion, not '" + arguments[i]
                                    + "'.");
            }
        }
        return settings;
    }

    Settings at(int otherPort) {
        return new Settings(otherPort, data, demo, completion);
    }

    Settings in(Path folder) {
        return new Settings(port, folder, demo, completion);
    }

    Settings inDemo() {
        return new Settings(port, data, true, completion);
    }

    Settings tellingCompletion() {
        return new Settings(port, data, demo, true);
    }

    private static int portIn(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(
                "--port needs a number from 0 to 65535" + (text.isEmpty() ? "." : ", not '" + text + "'."));
    }

    private static Path pathIn(String text) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw new IllegalArgumentException("--data needs a folder" + (text.isBlank() ? "." : ", not '" + text + "'."));
    }
}
