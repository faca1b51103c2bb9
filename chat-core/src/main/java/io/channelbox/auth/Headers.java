package io.channelbox.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers of a handshake, packed: there are a dozen of them on every connection, they stay as long as it does, and hardly any
 * is asked for twice. Never changes.
 */
final class Headers {

    private static final Headers NONE = new Headers(new String[0]);
    private static final List<String> COMMON_NAMES = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Authorization",
            "Cache-Control",
            "Connection",
            "Cookie",
            "Host",
            "Origin",
            "Pragma",
            "Sec-Fetch-Dest",
            "Sec-Fetch-Mode",
            "Sec-Fetch-Site",
            "Sec-WebSocket-Extensions",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Version",
            "Upgrade",
            "User-Agent",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto");

    private final String[] namesAndValues;

    private Headers(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** Packs names and values, one after another. */
    static Headers of(List<String> namesAndValues) {
        if (namesAndValues.isEmpty()) {
            return NONE;
        }
        String[] packed = namesAndValues.toArray(new String[0]);
        for (int i = 0; i < packed.length; i += 2) {
            packed[i] = shared(packed[i]);
        }
        return new Headers(packed);
    }

    /** Containers make a new string of each name for each request. */
    private static String shared(String name) {
        for (String common : COMMON_NAMES) {
            if (common.equalsIgnoreCase(name)) {
                return common;
            }
        }
        return name;
    }

    /** Returns the values of a header in their order. */
    List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values.add(namesAndValues[i + 1]);
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** Returns all of them by name, whatever its case. */
    Map<String, List<String>> byName() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.computeIfAbsent(namesAndValues[i], this::all);
        }
        return Collections.unmodifiableMap(all);
    }
}
