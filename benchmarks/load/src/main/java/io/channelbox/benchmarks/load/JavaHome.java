package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is known of a JDK without starting it. */
final class JavaHome {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");

    private JavaHome() {}

    /** Returns its version as in 17, or that of the Java that runs this if it does not say. */
    static int versionOf(Path home) {
        Path release = home.resolve("release");
        if (!Files.exists(release)) {
            return Runtime.version().feature();
        }
        try {
            return VERSION.matcher(Files.readString(release))
                    .results()
                    .map((MatchResult version) -> Integer.valueOf(version.group(1)))
                    .findFirst()
                    .orElseGet(() -> Runtime.version().feature());
        } catch (IOException e) {
            throw new UncheckedIOException("The version of " + home + " could not be read", e);
        }
    }
}
