package io.channelbox.redis;

import io.lettuce.core.SslOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is trusted and what is shown where a URI says TLS, in files of PEM.
 *
 * @param trusted certificates to trust; whom the JVM trusts when empty
 * @param own what is shown to a Redis that asks for it
 */
record Certificates(Optional<Path> trusted, Optional<Own> own) {

    static final Certificates OF_THE_JVM = new Certificates(Optional.empty(), Optional.empty());

    /** A certificate, with what leads to whom others trust, and its key. */
    record Own(Path chain, Path key) {
        Own {
            readable("chain", chain);
            readable("key", key);
        }
    }

    Certificates {
        trusted.ifPresent(file -> readable("pem", file));
    }

    private static void readable(String what, Path file) {
        if (!Files.isReadable(Objects.requireNonNull(file, what))) {
            throw new IllegalArgumentException(what + " must be a file in PEM, and there is none at " + file);
        }
    }

    Certificates trusting(Path pem) {
        return new Certificates(Optional.of(Objects.requireNonNull(pem, "pem")), own);
    }

    Certificates showing(Path chain, Path key) {
        return new Certificates(trusted, Optional.of(new Own(chain, key)));
    }

    /** Tells whether nothing is said about them. */
    boolean areOfTheJvm() {
        return equals(OF_THE_JVM);
    }

    /** Returns options for handshakes that take no longer than this. */
    SslOptions options(Duration longest) {
        SslOptions.Builder builder = SslOptions.builder().handshakeTimeout(longest);
        trusted.ifPresent(file -> builder.trustManager(file.toFile()));
        own.ifPresent(
                shown -> builder.keyManager(shown.chain().toFile(), shown.key().toFile(), new char[0]));
        return builder.build();
    }
}
