package io.channelbox.examples.system;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the program was started, in the words of the other examples: {@code --port N}, {@code --data DIR}, {@code --demo}; or in Spring's, {@code --chat.patience=10s}. */
final class Options {

    private Options() {}

    /** Returns the same in the words of Spring; the text of what is refused is for who started it. */
    static String[] toSpring(String... arguments) {
        List<String> translated = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--demo" -> translated.add("--chat.demo=true");
                case "--port" -> {
                    translated.add("--server.port=" + port(value));
                    i++;
                }
                case "--data" -> {
                    translated.add("--chat.data=" + folder(value));
                    i++;
                }
                default -> translated.add(property(arguments[i]));
            }
        }
        return translated.toArray(String[]::new);
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("--port needs a number from 0 to 65535, not '" + text + "'.");
    }

    private static Path folder(String text) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw new IllegalArgumentException("--data needs a folder, not '" + text + "'.");
    }

    private static String property(String argument) {
        if (argument.matches("--[a-z][a-z0-9.-]*\\.[a-z0-9.-]*=.*")) {
            return argument;
        }
        throw new IllegalArgumentException(
                "The options are --port N, --data DIR, --demo and properties as in --chat.patience=10s, not '"
                        + argument + "'.");
    }
}
