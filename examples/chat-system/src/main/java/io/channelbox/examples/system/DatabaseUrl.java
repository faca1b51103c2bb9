package io.channelbox.examples.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where conversations are kept, as people write it: a JDBC URL, {@code postgres://user:password@host/database} as the original takes it, or
 * {@code sqlite:///chat.db}.
 */
record DatabaseUrl(String jdbc, Optional<String> user, Optional<String> password) {

    private static final Pattern POSTGRES = Pattern.compile("postgres(ql)?(\\+\\w+)?://.*");
    private static final String SQLITE = "sqlite:///";

    /** Refuses what is none of these, without repeating it: there may be a password in it. */
    static DatabaseUrl of(String url) {
        if (url.startsWith("jdbc:sqlite:") || url.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(url, Optional.empty(), Optional.empty());
        }
        if (url.startsWith(SQLITE)) {
            return new DatabaseUrl("jdbc:sqlite:" + url.substring(SQLITE.length()), Optional.empty(), Optional.empty());
        }
        if (POSTGRES.matcher(url).matches()) {
            return postgres(url.substring(url.indexOf("://")));
        }
        throw refusal();
    }

    /** Tells whether it is a file, which one program has. */
    boolean isSqlite() {
        return jdbc.startsWith("jdbc:sqlite:");
    }

    private static DatabaseUrl postgres(String rest) {
        URI uri;
        try {
            uri = URI.create("postgresql" + rest);
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
        if (uri.getHost() == null || uri.getPath().length() < 2) {
            throw refusal();
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String[] who = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query, part(who, 0), part(who, 1));
    }

    private static Optional<String> part(String[] parts, int which) {
        return parts.length > which
                ? Optional.of(URLDecoder.decode(parts[which].replace("+", "%2B"), UTF_8))
                : Optional.empty();
    }

    private static IllegalArgumentException refusal() {
        return new IllegalArgumentException(
                "DATABASE_URL must be postgres://user:password@host/database, sqlite:///file, or a JDBC URL of one of the two.");
    }
}
