package io.channelbox.asyncapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents as trees: objects are maps in the order of their making, arrays are lists, and the rest is text, numbers and booleans. */
final class Tree {

    private Tree() {}

    /** Returns an object with these names and values, one after the other. An empty optional is left out, a full one is its value. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value instanceof Optional<?> optional) {
                String name = (String) namesAndValues[i];
                optional.ifPresent(present -> object.put(name, present));
            } else {
                object.put((String) namesAndValues[i], value);
            }
        }
        return object;
    }

    /** Returns a reference to what is found by these steps from the top of the document. */
    static Map<String, Object> reference(String... steps) {
        var pointer = new StringBuilder("#");
        for (String step : steps) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return object("$ref", pointer.toString());
    }

    /** Returns the object at this name; empty when there is none. */
    static Map<?, ?> child(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> child ? child : Map.of();
    }

    /** Returns the array at this name; empty when there is none. */
    static List<?> children(Map<?, ?> object, String name) {
        return object.get(name) instanceof List<?> children ? children : List.of();
    }

    /** Returns the text or number at this name. */
    static Optional<String> text(Map<?, ?> object, String name) {
        return Optional.ofNullable(object.get(name)).map(String::valueOf);
    }

    /** Returns what a reference stands for; anything else is what it is. */
    static Map<?, ?> resolve(Map<?, ?> document, Object node) {
        if (!(node instanceof Map<?, ?> object)) {
            return Map.of();
        }
        if (!(object.get("$ref") instanceof String pointer)) {
            return object;
        }
        Map<?, ?> at = document;
        for (String step : pointer.substring(2).split("/", -1)) {
            at = child(at, step.replace("~1", "/").replace("~0", "~"));
        }
        return resolve(document, at);
    }
}
