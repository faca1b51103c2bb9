package io.channelbox.codec;

import io.channelbox.message.TypeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The messages of a protocol: discriminator ↔ class. They are named by a sealed interface, whose records are found, also
 * those of sealed interfaces inside it. Every one of them carries a {@link TypeName}.
 */
public final class MessageTypes {

    private static final ClassValue<Optional<String>> NAMES = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return Optional.ofNullable(type.getAnnotation(TypeName.class)).map(TypeName::value);
        }
    };

    private static final ClassValue<Boolean> UNIONS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.isSealed()
                    && Arrays.stream(type.getPermittedSubclasses())
                            .allMatch(part -> nameOf(part).isPresent() || isUnion(part));
        }
    };

    private final List<Class<?>> roots;
    private final Map<String, Class<?>> byName;

    private MessageTypes(List<Class<?>> roots, Map<String, Class<?>> byName) {
        this.roots = roots;
        this.byName = Collections.unmodifiableMap(byName);
    }

    /**
     * Returns the messages of these classes and sealed interfaces.
     *
     * @throws IllegalArgumentException when one has no {@link TypeName}, two have the same, or an interface is not sealed
     */
    public static MessageTypes of(Class<?>... roots) {
        Map<String, Class<?>> byName = new LinkedHashMap<>();
        for (Class<?> root : roots) {
            collect(Objects.requireNonNull(root, "root"), root, byName);
        }
        return new MessageTypes(List.of(roots), byName);
    }

    /** Returns what the discriminator says for objects of this class; empty when it is no message of a protocol. */
    public static Optional<String> nameOf(Class<?> type) {
        return NAMES.get(type);
    }

    /** Returns the class of this name. */
    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns all classes by name, in the order in which they are declared. */
    public Map<String, Class<?>> byName() {
        return byName;
    }

    @Override
    public String toString() {
        return byName.keySet() + " of " + roots.stream().map(Class::getName).toList();
    }

    /** Tells whether a class is a sealed interface, or class, of messages only. */
    static boolean isUnion(Class<?> type) {
        return UNIONS.get(type);
    }

    private static void collect(Class<?> type, Class<?> root, Map<String, Class<?>> byName) {
        if (type.isSealed()) {
            for (Class<?> part : type.getPermittedSubclasses()) {
                collect(part, root, byName);
            }
            return;
        }
        if (type.isInterface() || java.lang.reflect.Modifier.isAbstract(type.getModifiers())) {
            throw new IllegalArgumentException(type.getName() + ", which is part of " + root.getName()
                    + ", is neither sealed nor a record: its messages cannot be found. Make it sealed.");
        }
        String name = nameOf(type)
                .filter(given -> !given.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + ", which is part of " + root.getName()
                        + ", has no discriminator. Give it one: @TypeName(\"" + suggestion(type) + "\")"));
        Class<?> other = byName.putIfAbsent(name, type);
        if (other != null && other != type) {
            List<String> both = new ArrayList<>(List.of(other.getName(), type.getName()));
            Collections.sort(both);
            throw new IllegalArgumentException("Two messages have the discriminator '" + name + "': " + both.get(0)
                    + " and " + both.get(1) + ". Rename one of them.");
        }
    }

    private static String suggestion(Class<?> type) {
        return type.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
