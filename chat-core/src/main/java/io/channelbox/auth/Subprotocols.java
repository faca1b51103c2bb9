package io.channelbox.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The subprotocols that an endpoint speaks. Of those a client offers, in the client's order, the first that is spoken is agreed on.
 *
 * @param names what is spoken; the order does not matter
 */
public record Subprotocols(List<String> names) {

    /**
     * The library's own: a text frame to the client may carry several messages, see {@link io.channelbox.message.JoinedText}. It is
     * spoken without being named wherever JSON is written.
     */
    public static final String CHANNELBOX_V1 = "channelbox.v1";

    /** Nothing is spoken, so nothing is agreed on. */
    public static final Subprotocols NONE = new Subprotocols(List.of());

    /** What RFC 6455 allows in the header: visible ASCII, without what separates. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

    /** Copies the names, and refuses those that no client may offer. */
    public Subprotocols {
        Objects.requireNonNull(names, "subprotocols").forEach(Subprotocols::check);
        names = List.copyOf(names);
    }

    private static void check(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "subprotocol")).matches()) {
            throw new IllegalArgumentException("a subprotocol is made of letters, digits and !#$%&'*+-.^_`|~, was '"
                    + name + "'. Name each by itself: subprotocols(\"chat.v2\", \"chat.v1\")");
        }
    }

    /**
     * Returns the subprotocols that an application speaks.
     *
     * @throws IllegalArgumentException when one is no name that a client may offer, could be a token, see
     *     {@link Authenticators#subprotocol}, or is the library's own
     */
    public static Subprotocols of(String... names) {
        for (String name : Objects.requireNonNull(names, "subprotocols")) {
            if (Objects.requireNonNull(name, "subprotocol").startsWith(Authenticators.SUBPROTOCOL_PREFIX)) {
                throw new IllegalArgumentException(
                        "a subprotocol that begins with '" + Authenticators.SUBPROTOCOL_PREFIX
                                + "' is a token, and never agreed on. Speak another, as in subprotocols(\"chat.v1\"), which the"
                                + " client offers besides its token");
            }
            if (name.equals(CHANNELBOX_V1)) {
                throw new IllegalArgumentException("'" + CHANNELBOX_V1
                        + "' is agreed on wherever messages are written as JSON, and nowhere else. Name only your own");
            }
        }
        return new Subprotocols(List.of(names));
    }

    /** Returns these and the library's own. */
    public Subprotocols andChannelBoxV1() {
        List<String> all = new ArrayList<>(names);
        all.add(CHANNELBOX_V1);
        return new Subprotocols(all);
    }

    /** Returns what is agreed on with a client that offers these, its dearest first. */
    public Optional<String> agreedOn(List<String> offered) {
        return offered.stream().filter(names::contains).findFirst();
    }
}
