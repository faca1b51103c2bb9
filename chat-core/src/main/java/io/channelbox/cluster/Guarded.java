package io.channelbox.cluster;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes share beside what is said, asked through a {@link Link}: while nobody answers it is not asked, and whoever asks is told
 * at once. Of whatever interface it is, so that none of its questions can be forgotten.
 */
final class Guarded implements InvocationHandler {

    private final Object shared;
    private final Link link;

    private Guarded(Object shared, Link link) {
        this.shared = shared;
        this.link = link;
    }

    /** Returns the same, guarded; unless it is known by a class, which nothing can stand in for. */
    static <T> T by(Link link, Class<T> type, T shared) {
        return type.isInterface()
                ? type.cast(
                        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Guarded(shared, link)))
                : shared;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (method.getDeclaringClass().equals(Object.class)) {
            return called(method, args);
        }
        if (!link.answers()) {
            throw link.notAsked("What the nodes share was not asked");
        }
        try {
            return called(method, args);
        } catch (UnreachableException e) {
            link.failed(e);
            throw e;
        }
    }

    private @Nullable Object called(Method method, @Nullable Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(shared, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
