package io.channelbox.soak;

import jakarta.servlet.ServletContext;
import java.io.File;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the server may run. The sends of all of them are small, so that who reads little is noticed, and their threads always as many. */
enum Container {
    UNDERTOW("io/undertow|org/jboss") {
        @Override
        int start(Consumer<ServletContext> starting) throws Exception {
            return UndertowServer.start(starting);
        }
    },
    TOMCAT("org/apache/tomcat") {
        @Override
        int start(Consumer<ServletContext> starting) throws Exception {
            return TomcatServer.start(starting);
        }
    },
    JETTY("org/eclipse/jetty") {
        @Override
        int start(Consumer<ServletContext> starting) throws Exception {
            return JettyServer.start(starting);
        }
    };

    static final int THREADS = 16;
    static final int SEND_BUFFER = 8 << 10;

    private final Pattern jars;

    Container(String folders) {
        jars = Pattern.compile("/(" + folders + ")/");
    }

    /** Starts it for as long as the process lives, and returns its port. */
    abstract int start(Consumer<ServletContext> starting) throws Exception;

    /** Returns the class path without the other containers: each would take what the others bring for its own. */
    String only(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> Arrays.stream(values()).noneMatch(other -> other != this && other.brings(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean brings(String entry) {
        return jars.matcher(entry.replace(File.separatorChar, '/')).find();
    }
}
