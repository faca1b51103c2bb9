package io.channelbox.codec;

import com.fasterxml.jackson.databind.JavaType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The schemas that others refer to. Each has a name of its own: that of its class, or with a number behind. */
final class SchemaNames {

    /** What is described: a type, as one way of writing JSON has it. */
    private record Key(String type, String dialect) {}

    private final String prefix;
    private final Map<Key, String> names = new HashMap<>();
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    SchemaNames(String prefix) {
        this.prefix = prefix;
    }

    Map<String, Object> definitions() {
        return definitions;
    }

    /** Returns a reference to the schema of a type, which is made if there is none. It may refer to itself. */
    Map<String, Object> refer(JavaType type, String dialect, Supplier<Map<String, Object>> schema) {
        var key = new Key(type.toCanonical(), dialect);
        String name = names.get(key);
        if (name == null) {
            name = free(nameOf(type));
            names.put(key, name);
            definitions.put(name, Map.of());
            definitions.put(name, schema.get());
        }
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("$ref", prefix + name);
        return reference;
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; definitions.containsKey(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Returns {@code PageOfItem} for a {@code Page<Item>}. */
    private static String nameOf(JavaType type) {
        String name = type.getRawClass().getSimpleName().replaceAll("[^A-Za-z0-9_]", "_");
        return type.getBindings().isEmpty()
                ? name
                : name + "Of"
                        + type.getBindings().getTypeParameters().stream()
                                .map(SchemaNames::nameOf)
                                .collect(Collectors.joining("And"));
    }
}
