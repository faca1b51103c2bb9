package io.channelbox.conversation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** Undoes what was changed, the last change first. */
final class Undoing {

    private final Deque<Runnable> steps = new ArrayDeque<>();

    void by(Runnable step) {
        steps.push(step);
    }

    void all() {
        steps.forEach(Runnable::run);
    }

    <K, V> void put(Map<K, V> map, K key, V value) {
        Optional<V> earlier = Optional.ofNullable(map.put(key, value));
        by(() -> restore(map, key, earlier));
    }

    /** Answers whether there was one. */
    <K, V> boolean remove(Map<K, V> map, K key) {
        Optional<V> earlier = Optional.ofNullable(map.remove(key));
        by(() -> restore(map, key, earlier));
        return earlier.isPresent();
    }

    private static <K, V> void restore(Map<K, V> map, K key, Optional<V> earlier) {
        earlier.ifPresentOrElse(value -> map.put(key, value), () -> map.remove(key));
    }
}
