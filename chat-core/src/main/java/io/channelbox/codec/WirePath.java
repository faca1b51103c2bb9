package io.channelbox.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A path of Java components, such as {@code items[2].roomName}, in the names that stand in the JSON. */
final class WirePath {

    // A name, or an index or key in brackets.
    private static final Pattern STEP = Pattern.compile("\\[(?<key>[^\\]]*)]|(?<name>[^.\\[]+)");

    private final ObjectMapper mapper;
    private final StringBuilder path = new StringBuilder();
    private @Nullable Object at;

    private WirePath(Object message, ObjectMapper mapper) {
        this.mapper = mapper;
        this.at = message;
    }

    /** Returns the path in JSON. Steps that lead nowhere stay as they are. */
    static String of(String components, Object message, ObjectMapper mapper) {
        var wire = new WirePath(message, mapper);
        for (Matcher step = STEP.matcher(components); step.find(); ) {
            if (step.group("key") != null) {
                wire.goInto(step.group("key"));
            } else {
                wire.goTo(step.group("name"));
            }
        }
        return wire.path.toString();
    }

    private void goInto(String key) {
        Object container = unwrapped();
        if (container instanceof Map<?, ?> map) {
            append(key);
            at = map.get(key);
            return;
        }
        path.append('[').append(key).append(']');
        at = container instanceof List<?> list && isIndex(key, list) ? list.get(Integer.parseInt(key)) : null;
    }

    private void goTo(String component) {
        Object owner = unwrapped();
        if (owner instanceof Map<?, ?> map) {
            append(component);
            at = map.get(component);
            return;
        }
        Optional<RecordShape> shape = Optional.ofNullable(owner)
                .flatMap(present -> RecordShape.of(mapper.constructType(present.getClass()), mapper));
        at = owner == null || shape.isEmpty() ? null : component(owner, component);
        if (shape.isEmpty() || !shape.get().scalar()) {
            append(shape.flatMap(known -> known.ofComponent(component))
                    .map(RecordShape.Field::name)
                    .orElse(component));
        }
    }

    private @Nullable Object unwrapped() {
        return at instanceof Optional<?> optional ? optional.orElse(null) : at;
    }

    private void append(String name) {
        path.append(path.isEmpty() ? "" : ".").append(name);
    }

    private static boolean isIndex(String key, List<?> list) {
        return key.matches("\\d{1,9}") && Integer.parseInt(key) < list.size();
    }

    private static @Nullable Object component(Object record, String name) {
        try {
            Method accessor = record.getClass().getDeclaredMethod(name);
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            return null; // then the rest of the path stays as it is
        }
    }
}
