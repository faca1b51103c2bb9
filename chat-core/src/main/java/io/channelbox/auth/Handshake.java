package io.channelbox.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the peer said when it asked for the connection: a copy, so it can be read for as long as the channel lives, on any
 * thread. It may hold credentials, so it is never logged, and {@link #toString()} tells the path only.
 */
public final class Handshake {

    private final String path;
    private final Map<String, String> pathParameters;
    private final Map<String, List<String>> query;
    private final Headers headers;
    private final Map<String, Object> session;
    private final Optional<String> subprotocol;
    private final Optional<Principal> principal;
    private final Optional<String> remoteAddress;

    private Handshake(Builder builder) {
        this.path = builder.path;
        this.pathParameters = frozen(builder.pathParameters);
        Map<String, List<String>> parameters = new LinkedHashMap<>(builder.query);
        parameters.replaceAll((name, values) -> List.copyOf(values));
        this.query = frozen(parameters);
        this.headers = Headers.of(builder.headers);
        this.session = frozen(builder.session);
        this.subprotocol = builder.subprotocols.agreedOn(subprotocols());
        this.principal = builder.principal;
        this.remoteAddress = builder.remoteAddress;
    }

    /** Returns a builder for a handshake at this path, which is decoded and without query. */
    public static Builder at(String path) {
        return new Builder(path);
    }

    /** Returns the path, without query. */
    public String path() {
        return path;
    }

    /**
     * Returns a parameter of the path.
     *
     * @throws IllegalArgumentException when the path this consumer was mounted on has no such parameter
     */
    public String path(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path has no parameter '" + name + "', it has "
                    + pathParameters.keySet() + ". Name it where the consumer is mounted: \"/chat/{" + name + "}\"");
        }
        return value;
    }

    /** Returns the parameters of the path by name, in their order. */
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    /** Returns the first value of a query parameter. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns all query parameters, decoded, each with its values in their order. */
    public Map<String, List<String>> query() {
        return query;
    }

    /** Returns the first value of a header; upper and lower case do not matter. */
    public Optional<String> header(String name) {
        return headers.all(name).stream().findFirst();
    }

    /** Returns all headers, each with its values in their order; upper and lower case of the names do not matter. */
    public Map<String, List<String>> headers() {
        return headers.byName();
    }

    /** Returns the value of a cookie. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies().get(name));
    }

    /** Returns all cookies by name, each with the first value that was sent for it. */
    public Map<String, String> cookies() {
        return cookiesIn(headers.all("Cookie"));
    }

    /** Returns the origin of the page that asked; programs that are no browsers send none. */
    public Optional<String> origin() {
        return header("Origin");
    }

    /** Returns the subprotocols the peer offered, in its order. */
    public List<String> subprotocols() {
        return headers.all("Sec-WebSocket-Protocol").stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .filter(offered -> !offered.isEmpty())
                .toList();
    }

    /** Returns the subprotocol that is agreed on: the first of those the peer offered that is spoken here. */
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    /** Returns whom the container has authenticated. */
    public Optional<Principal> principal() {
        return principal;
    }

    /** Returns what the HTTP session held when the connection was asked for; empty when there was no session. */
    public Map<String, Object> session() {
        return session;
    }

    /** Returns what the HTTP session held under this name when the connection was asked for. */
    public Optional<Object> session(String name) {
        return Optional.ofNullable(session.get(name));
    }

    /** Returns the address of the peer, where the container tells it. */
    public Optional<String> remoteAddress() {
        return remoteAddress;
    }

    @Override
    public String toString() {
        return "handshake at " + path;
    }

    /** A copy in the same order. A handshake lives as long as its channel, and most of its maps hold one value or none. */
    private static <V> Map<String, V> frozen(Map<String, V> values) {
        return values.size() <= 1 ? Map.copyOf(values) : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static Map<String, String> cookiesIn(List<String> lines) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String line : lines) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && !pair.substring(0, equals).isBlank()) {
                    String value = pair.substring(equals + 1).strip();
                    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(), quoted ? value.substring(1, value.length() - 1) : value);
                }
            }
        }
        return Collections.unmodifiableMap(cookies);
    }

    /** Collects what a handshake says. Not safe for several threads. */
    public static final class Builder {

        private final String path;
        private final Map<String, String> pathParameters = new LinkedHashMap<>();
        private final Map<String, List<String>> query = new LinkedHashMap<>();
        private final List<String> headers = new ArrayList<>(); // name, value, name, value
        private final Map<String, Object> session = new LinkedHashMap<>();
        private Subprotocols subprotocols = Subprotocols.NONE;
        private Optional<Principal> principal = Optional.empty();
        private Optional<String> remoteAddress = Optional.empty();

        private Builder(String path) {
            this.path = requireNonNull(path, "path");
        }

        /** Adds parameters of the path. */
        public Builder pathParameters(Map<String, String> parameters) {
            pathParameters.putAll(parameters);
            return this;
        }

        /** Adds the parameters of a raw query string, without its question mark. */
        public Builder rawQuery(String rawQuery) {
            for (String pair : rawQuery.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    query(
                            decode(equals < 0 ? pair : pair.substring(0, equals)),
                            equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
            return this;
        }

        /** Adds a query parameter, decoded. */
        public Builder query(String name, String value) {
            query.computeIfAbsent(name, absent -> new ArrayList<>()).add(requireNonNull(value, "value"));
            return this;
        }

        /** Adds a header. */
        public Builder header(String name, String value) {
            headers.add(requireNonNull(name, "name"));
            headers.add(requireNonNull(value, "value"));
            return this;
        }

        /** Adds an attribute of the HTTP session. */
        public Builder session(String name, Object value) {
            session.put(name, requireNonNull(value, "value"));
            return this;
        }

        /** Says what is spoken where the peer asks. */
        public Builder speaking(Subprotocols spoken) {
            subprotocols = requireNonNull(spoken, "spoken");
            return this;
        }

        /** Says whom the container has authenticated. */
        public Builder principal(Principal authenticated) {
            principal = Optional.of(requireNonNull(authenticated, "principal"));
            return this;
        }

        /** Says where the peer is. */
        public Builder remoteAddress(String address) {
            remoteAddress = Optional.of(requireNonNull(address, "remoteAddress"));
            return this;
        }

        /** Returns the handshake. */
        public Handshake build() {
            return new Handshake(this);
        }

        private static String decode(String raw) {
            try {
                return URLDecoder.decode(raw, UTF_8);
            } catch (IllegalArgumentException notPercentEncoded) {
                return raw;
            }
        }
    }
}
