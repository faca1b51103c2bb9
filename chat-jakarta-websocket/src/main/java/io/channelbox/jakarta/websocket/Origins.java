package io.channelbox.jakarta.websocket;

import static java.util.Objects.requireNonNull;

import io.channelbox.auth.Handshake;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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

    private final boolean any;
    private final Set<Allowed> allowed;

    private Origins(boolean any, Set<Allowed> allowed) {
        this.any = any;
        this.allowed = Set.copyOf(allowed);
    }

    /** Refuses what is no pattern. */
    Origins allowing(Collection<String> more) {
        Set<Allowed> all = new HashSet<>(allowed);
        more.forEach(origin -> all.add(Allowed.by(requireNonNull(origin, "origin"))));
        return new Origins(any, all);
    }

    /** A peer that names no origin is no browser, so no page can have sent it here with somebody's cookies. */
    boolean allow(Handshake handshake) {
        List<String> named = handshake.headers().getOrDefault("Origin", List.of());
        if (any || named.isEmpty()) {
            return true;
        }
        Optional<Origin> origin = named.size() == 1 ? Origin.parse(named.get(0)) : Optional.empty();
        return origin.isPresent()
                && (isOwnHost(origin.get(), handshake.header("Host"))
                        || allowed.stream().anyMatch(each -> each.allows(origin.get())));
    }

    /** The scheme is not compared: behind a proxy that ends TLS we do not know our own. */
    private static boolean isOwnHost(Origin origin, Optional<String> host) {
        return origin.isOfTheWeb()
                && host.flatMap(own -> Origin.parse(origin.scheme() + "://" + own))
                        .equals(Optional.of(origin));
    }

    /** Where a page is from, as a browser says it. */
    private record Origin(String scheme, String host, int port) {

        private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9+.-]*)://"
                + "((?:[a-z0-9_-]+)(?:\\.[a-z0-9_-]+)*\\.?|\\[[0-9a-f:.]+])" // a name, or an address of IPv4 or IPv6
                + "(?::([0-9]{1,5}))?");

        private static final int LONGEST = 300; // a name has at most 253 characters
        private static final int LARGEST_PORT = 65_535;

        static Optional<Origin> parse(String text) {
            if (text.length() > LONGEST) {
                return Optional.empty();
            }
            Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                return Optional.empty();
            }
            String scheme = parts.group(1);
            int port = parts.group(3) == null ? usualPortOf(scheme) : Integer.parseInt(parts.group(3));
            return port > LARGEST_PORT ? Optional.empty() : Optional.of(new Origin(scheme, parts.group(2), port));
        }

        private static int usualPortOf(String scheme) {
            return switch (scheme) {
                case "http" -> 80;
                case "https" -> 443;
                default -> 0;
            };
        }

        boolean isOfTheWeb() {
            return scheme.equals("http") || scheme.equals("https");
        }

        boolean isBelow(Origin domain) {
            return host.endsWith("." + domain.host);
        }
    }

    /**
     * A pattern: {@code https://chat.example:8443} is one origin; {@code chat.example} the host, by http or https, on the usual
     * port; and with a dot before the host, all that is below it too.
     */
    private record Allowed(Set<Origin> origins, boolean subdomains) {

        private static final Pattern FORM = Pattern.compile("([^/]*://)?(\\.)?(.*)");

        static Allowed by(String pattern) {
            if (pattern.contains("*")) {
                throw new IllegalArgumentException(
                        "an origin has no '*', was '" + pattern
                                + "'. For a domain with all below it write .friend.example, for everybody call allowAnyOrigin()");
            }
            Matcher parts = FORM.matcher(pattern);
            if (!parts.matches()) {
                throw unfit(pattern);
            }
            List<String> schemes = parts.group(1) == null ? List.of("http://", "https://") : List.of(parts.group(1));
            Set<Origin> origins = new HashSet<>();
            for (String scheme : schemes) {
                origins.add(Origin.parse(scheme + parts.group(3)).orElseThrow(() -> unfit(pattern)));
            }
            return new Allowed(origins, parts.group(2) != null);
        }

        private static IllegalArgumentException unfit(String pattern) {
            return new IllegalArgumentException("an origin is a scheme and a host, as in https://chat.example or"
                    + " http://localhost:3000, or a host alone, or one with a dot before it for all that is below it, was '"
                    + pattern + "'");
        }

        boolean allows(Origin asking) {
            return origins.stream()
                    .anyMatch(each -> each.scheme().equals(asking.scheme())
                            && each.port() == asking.port()
                            && (each.host().equals(asking.host()) || (subdomains && asking.isBelow(each))));
        }
    }
}
