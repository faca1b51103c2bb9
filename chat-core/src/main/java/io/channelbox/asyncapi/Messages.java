package io.channelbox.asyncapi;

import io.channelbox.codec.JsonSchemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of a document. Each is described once, however many channels have it. */
final class Messages {

    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonSchemas schemas = new JsonSchemas(SCHEMAS);
    private final FreeNames names = new FreeNames();
    private final List<Map<String, Object>> all = new ArrayList<>();
    private final Map<Map<String, Object>, String> nameOf = new HashMap<>();

    JsonSchemas schemas() {
        return schemas;
    }

    /** Returns a reference to a message; one like it may be there already. */
    Map<String, Object> refer(String wantedName, Map<String, Object> message) {
        String name = nameOf.computeIfAbsent(message, added -> {
            all.add(added);
            return names.like(wantedName);
        });
        return Tree.reference("components", "messages", name);
    }

    Map<String, Object> components() {
        Map<String, Object> messages = new LinkedHashMap<>();
        all.forEach(message -> messages.put(nameOf.getOrDefault(message, ""), message));
        Map<String, Object> components = new LinkedHashMap<>();
        if (!messages.isEmpty()) {
            components.put("messages", messages);
        }
        if (!schemas.definitions().isEmpty()) {
            components.put("schemas", schemas.definitions());
        }
        return components;
    }
}
