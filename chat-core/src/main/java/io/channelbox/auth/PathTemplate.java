package io.channelbox.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path with parameters, such as {@code /ws/chat/{room_id}}: a parameter stands for one whole segment (level 1 of RFC 6570,
 * as in Jakarta WebSocket). A slash at the end belongs to the path.
 */
public record PathTemplate(String value) {

    /** The largest number of characters a parameter may have. */
    public static final int LONGEST_PARAMETER = 200;

    private static final Pattern PARAMETER_NAME = Pattern.compile("\\{[A-Za-z0-9_-]+}");

    /** Refuses what is no path, a parameter without a name, and a name that stands twice. */
    public PathTemplate {
        if (!Objects.requireNonNull(value, "path").startsWith("/")) {
            throw new IllegalArgumentException("a path must begin with '/', was '" + value + "'");
        }
        List<String> names = new ArrayList<>();
        for (String segment : value.split("/", -1)) {
            boolean parameter = isParameter(segment);
            if (!parameter && (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0)) {
                throw new IllegalArgumentException(
                        "a path parameter must be a whole segment, as in /chat/{room_id}, was '" + segment + "'");
            }
            if (parameter && !PARAMETER_NAME.matcher(segment).matches()) {
                throw new IllegalArgumentException(
                        "a path parameter's name has letters, digits, _ or -, and no pattern,"
                                + " as in {room_id}, was '" + segment + "'");
            }
            if (segment.contains("*")) {
                throw new IllegalArgumentException(
                        "a path has no wildcards. Name what varies, as in /chat/{room_id}, was '" + value + "'");
            }
            if (parameter && names.contains(segment)) {
                throw new IllegalArgumentException(
                        "a path parameter needs a name that no other has, in '" + value + "'");
            }
            names.add(segment);
        }
    }

    /** Tells whether a raw path has this template's segments, whatever stands for the parameters, fit or not. */
    public boolean covers(String rawPath) {
        String[] wanted = value.split("/", -1);
        String[] given = rawPath.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!isParameter(wanted[i]) && !decode(given[i]).equals(Optional.of(wanted[i]))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the parameters, percent-decoded, when the raw path is one of this template. A parameter that is empty, longer
     * than {@value #LONGEST_PARAMETER} characters or holds control characters belongs to no path.
     */
    public Optional<Map<String, String>> match(String rawPath) {
        String[] wanted = value.split("/", -1);
        String[] given = rawPath.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            Optional<String> segment = decode(given[i]);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            if (isParameter(wanted[i])) {
                if (!isFitFor(segment.get())) {
                    return Optional.empty();
                }
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), segment.get());
            } else if (!wanted[i].equals(segment.get())) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** Returns the names of the parameters, in their order. */
    public List<String> parameters() {
        return Arrays.stream(value.split("/", -1))
                .filter(PathTemplate::isParameter)
                .map(segment -> segment.substring(1, segment.length() - 1))
                .toList();
    }

    private static boolean isFitFor(String parameter) {
        return !parameter.isEmpty()
                && parameter.length() <= LONGEST_PARAMETER
                && parameter.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isParameter(String segment) {
        return segment.lastIndexOf('{') == 0 && segment.indexOf('}') == segment.length() - 1;
    }

    private static Optional<String> decode(String segment) {
        try {
            return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8));
        } catch (IllegalArgumentException notPercentEncoded) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
