package io.channelbox.jakarta.websocket;

import io.channelbox.auth.Handshake;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose pages may connect: those of the server's own host, always, and those allowed besides. */
final class Origins {

    /** Only pages that come from the host they connect to. */
    static final Origins SAME_HOST = new Origins(false, Set.of());

    /** All pages of the world. */
    static final Origins ANY = new Origins(true, Set.of());

    private static final Pattern ORIGIN = Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?#@]+)");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::([0-9]{1,5}))?");

    private final boolean any;
    private final Set<Origin> allowed;

    private Origins(boolean any, Set<Origin> allowed) {
        this.any = any;
        this.allowed = Set.copyOf(allowed);
    }

    /** Refuses what no browser would ever send as an origin. */
    Origins allowing(Collection<String> more) {
        Set<Origin> all = new HashSet<>(allowed);
        for (String origin : more) {
            all.add(parse(origin)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "an origin is a scheme and a host, as in https://chat.example or"
                                    + " http://localhost:3000, was '" + origin + "'")));
        }
        return new Origins(any, all);
    }

    /** A peer that names no origin is no browser, so no page can have sent it here with somebody's cookies. */
    boolean allow(Handshake handshake) {
        Optional<String> named = handshake.origin();
        if (any || named.isEmpty()) {
            return true;
        }
        Optional<Origin> origin = parse(named.get());
        return origin.isPresent()
                && (allowed.contains(origin.get()) || isOwnHost(origin.get(), handshake.header("Host")));
    }

    /** The scheme is not compared: behind a proxy that ends TLS we do not know our own. */
    private static boolean isOwnHost(Origin origin, Optional<String> host) {
        return host.flatMap(own -> parse(origin.scheme() + "://" + own)).equals(Optional.of(origin));
    }

    private static Optional<Origin> parse(String text) {
        Matcher origin = ORIGIN.matcher(text.toLowerCase(Locale.ROOT));
        if (!origin.matches()) {
            return Optional.empty();
        }
        Matcher authority = AUTHORITY.matcher(origin.group(2));
        if (!authority.matches() || authority.group(1).isEmpty()) {
            return Optional.empty();
        }
        String port = authority.group(2);
        String scheme = origin.group(1);
        return Optional.of(
                new Origin(scheme, authority.group(1), port == null ? usualPortOf(scheme) : Integer.parseInt(port)));
    }

    private static int usualPortOf(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> 0;
        };
    }

    private record Origin(String scheme, String host, int port) {}
}
