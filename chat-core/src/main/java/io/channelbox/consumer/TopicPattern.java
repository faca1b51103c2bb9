package io.channelbox.consumer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of topics of one sort: parts between colons, of which some are parameters, as in {@code room:{id}}. A parameter
 * stands for one whole part and is never empty.
 */
public record TopicPattern(String value) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z0-9_-]+)}");
    private static final Pattern LITERAL = Pattern.compile("[^{}$][^{}]*");

    /** Refuses a pattern without a literal beginning, parts that mix both, and a parameter that stands twice. */
    public TopicPattern {
        List<String> names = new ArrayList<>();
        String[] parts = Objects.requireNonNull(value, "pattern").split(":", -1);
        for (String part : parts) {
            boolean parameter = PARAMETER.matcher(part).matches();
            if (parameter ? names.contains(part) : !LITERAL.matcher(part).matches()) {
                throw new IllegalArgumentException(
                        "a topic's pattern has parts between colons, each a word or a parameter"
                                + " of its own name, as in room:{id}, was '" + value + "'");
            }
            names.add(part);
        }
        if (PARAMETER.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException(
                    "a topic's pattern begins with a word, as in room:{id}, was '" + value + "'");
        }
    }

    /** Returns the parameters by name, when the topic is one of this pattern. */
    public Optional<Map<String, String>> match(String topic) {
        String[] wanted = value.split(":", -1);
        String[] given = topic.split(":", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            var parameter = PARAMETER.matcher(wanted[i]);
            if (parameter.matches()) {
                if (given[i].isBlank()) {
                    return Optional.empty();
                }
                parameters.put(parameter.group(1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters.size() == 1 ? Map.copyOf(parameters) : parameters); // a subscription keeps it
    }

    /** Returns the names of the parameters, in their order. */
    public List<String> parameters() {
        return PARAMETER.matcher(value).results().map(found -> found.group(1)).toList();
    }

    /**
     * Returns the topic with these parameters.
     *
     * @throws IllegalArgumentException when one is missing, empty, or holds a colon
     */
    public String topic(Map<String, String> parameters) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(":", -1)) {
            var parameter = PARAMETER.matcher(part);
            parts.add(parameter.matches() ? fit(parameters, parameter.group(1)) : part);
        }
        return String.join(":", parts);
    }

    private String fit(Map<String, String> parameters, String name) {
        String given = parameters.get(name);
        if (given == null || given.isBlank() || given.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "the topic " + value + " needs a '" + name + "' that is not empty and has no colon");
        }
        return given;
    }

    boolean overlaps(TopicPattern other) {
        String[] mine = value.split(":", -1);
        String[] its = other.value.split(":", -1);
        if (mine.length != its.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            boolean varies = PARAMETER.matcher(mine[i]).matches()
                    || PARAMETER.matcher(its[i]).matches();
            if (!varies && !mine[i].equals(its[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
