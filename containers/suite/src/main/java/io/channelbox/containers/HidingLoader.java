package io.channelbox.containers;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Loads the adapter as a container does for a web application that may not see the container's own classes. */
final class HidingLoader extends ClassLoader {

    private static final String ADAPTER = "io.channelbox.jakarta.websocket.";
    private static final List<String> HIDDEN = List.of("io.undertow.", "org.eclipse.jetty.");

    HidingLoader() {
        super(HidingLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (HIDDEN.stream().anyMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        if (!name.startsWith(ADAPTER)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
