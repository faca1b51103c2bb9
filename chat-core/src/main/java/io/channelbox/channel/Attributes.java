package io.channelbox.channel;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is kept on one channel: on most of them nothing. Used by any thread. */
final class Attributes {

    private volatile @Nullable Map<AttributeKey<?>, Object> values; // made under this, when first needed

    <T> void set(AttributeKey<T> key, T value) {
        made().put(key, key.type().cast(Objects.requireNonNull(value, "value")));
    }

    private Map<AttributeKey<?>, Object> made() {
        Map<AttributeKey<?>, Object> known = values;
        if (known == null) {
            synchronized (this) {
                known = values == null ? new ConcurrentHashMap<>(4) : values;
                values = known;
            }
        }
        return known;
    }

    <T> Optional<T> get(AttributeKey<T> key) {
        Map<AttributeKey<?>, Object> known = values;
        return known == null ? Optional.empty() : Optional.ofNullable(key.type().cast(known.get(key)));
    }

    void remove(AttributeKey<?> key) {
        Map<AttributeKey<?>, Object> known = values;
        if (known != null) {
            known.remove(key);
        }
    }
}
