package io.channelbox.clients;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Tools in JavaScript, out of their web jars. */
final class WebJar {

    private WebJar() {}

    /** Copies the files of one folder of a web jar, and returns where they are. */
    static Path unpack(String artifact, String inside) throws IOException {
        Path folder = Path.of("target", artifact).toAbsolutePath();
        Files.createDirectories(folder);
        String description = "META-INF/maven/org.webjars.npm/" + artifact + "/pom.xml";
        URL pom = Objects.requireNonNull(WebJar.class.getClassLoader().getResource(description), description);
        try (JarFile jar = ((JarURLConnection) pom.openConnection()).getJarFile()) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                boolean wanted = !name.isEmpty() && entry.getName().endsWith(inside + name);
                Path file = folder.resolve(name);
                if (wanted && !Files.exists(file)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        return folder;
    }
}
