package io.channelbox.fake;

import com.github.benmanes.caffeine.cache.Cache;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What an object holds: the size of every collection, map and cache, and the value of every counter, that can be reached
 * from it through classes of this library, by the path to it. Nobody has to remember to add a new field to a list: what is
 * new is found. What is inside of a collection is not looked at, only how much of it there is.
 */
public final class Census {

    private static final String OWN = "io.channelbox.";
    private static final String OF_TESTS = "io.channelbox.fake.";

    private record Step(String path, Object at) {}

    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Step> open = new ArrayDeque<>();

    private Census() {}

    /** Returns how much there is of everything, by path. */
    public static Map<String, Long> of(String name, Object root) {
        var census = new Census();
        census.open.add(new Step(name, root));
        while (!census.open.isEmpty()) {
            census.visit(census.open.remove());
        }
        return census.counts;
    }

    private void visit(Step step) {
        Object at = step.at();
        if (at instanceof Number || at instanceof Boolean) {
            count(step.path(), at);
            return;
        }
        if (!seen.add(at)) {
            return;
        }
        if (at instanceof Map<?, ?> map) {
            count(step.path(), map.size());
        } else if (at instanceof Collection<?> collection) {
            count(step.path(), collection.size());
        } else if (at instanceof Cache<?, ?> cache) {
            cache.cleanUp();
            count(step.path(), cache.estimatedSize());
        } else if (at instanceof ReentrantLock lock) {
            count(step.path(), lock.isLocked() || lock.hasQueuedThreads());
        } else if (at instanceof AtomicReference<?> reference) {
            follow(step.path(), reference.get());
        } else if (at instanceof Optional<?> optional) {
            follow(step.path(), optional.orElse(null));
        } else if (at instanceof Object[] array) {
            for (int i = 0; i < Array.getLength(array); i++) {
                follow(step.path() + "[]", array[i]);
            }
        } else if (isOwn(at.getClass())) {
            visitFields(step);
        }
    }

    private static boolean isOwn(Class<?> type) {
        return type.getName().startsWith(OWN) && !type.getName().startsWith(OF_TESTS) && !type.isEnum();
    }

    private void visitFields(Step step) {
        for (Class<?> type = step.at().getClass(); type != null && isOwn(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    follow(step.path() + "." + field.getName(), valueOf(field, step.at()));
                }
            }
        }
    }

    private static @Nullable Object valueOf(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private void follow(String path, @Nullable Object next) {
        if (next != null) {
            open.add(new Step(path, next));
        }
    }

    /** Adds to what is known of the path: the lanes of a broker, say, are many and have one. */
    private void count(String path, Object value) {
        long number = value instanceof Boolean yes ? (yes ? 1 : 0) : ((Number) value).longValue();
        counts.merge(path, number, Long::sum);
    }
}
