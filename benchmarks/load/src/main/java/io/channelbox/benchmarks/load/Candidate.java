package io.channelbox.benchmarks.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * One server to compare.
 *
 * @param module the directory under benchmarks/servers
 * @param arguments what follows the port
 * @param oldestJava the version of the Java that it needs at least
 */
record Candidate(
        String name, String module, String mainClass, List<String> arguments, Dialect dialect, int oldestJava) {

    private static final int JAVA_OF_ALL = 17;

    private static final List<String> CONTAINERS = List.of("tomcat", "jetty", "undertow");
    private static final String PACKAGE = "io.channelbox.benchmarks.servers.";

    /** One that runs on any Java that this runs on. */
    Candidate(String name, String module, String mainClass, List<String> arguments, Dialect dialect) {
        this(name, module, mainClass, arguments, dialect, JAVA_OF_ALL);
    }

    Candidate onJava(int oldest) {
        return new Candidate(name, module, mainClass, arguments, dialect, oldest);
    }

    /** All that there are, in the order in which they take turns. */
    static List<Candidate> all() {
        return Stream.of(own(), OtherLibraries.candidates())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Candidate> own() {
        return List.of(
                netty("netty"),
                netty("netty-gather", "gather"),
                container("jakarta-tomcat", "tomcat.TomcatServer", "endpoint", PlainDialect.plain()),
                container("channelbox-tomcat", "tomcat.TomcatServer", "channelbox", PlainDialect.plain()),
                container("channelbox.v1-tomcat", "tomcat.TomcatServer", "channelbox", PlainDialect.v1()),
                container("jakarta-jetty", "jetty.JettyServer", "endpoint", PlainDialect.plain()),
                container("channelbox-jetty", "jetty.JettyServer", "channelbox", PlainDialect.plain()),
                container("channelbox.v1-jetty", "jetty.JettyServer", "channelbox", PlainDialect.v1()),
                container("jakarta-undertow", "undertow.UndertowServer", "endpoint", PlainDialect.plain()),
                container("channelbox-undertow", "undertow.UndertowServer", "channelbox", PlainDialect.plain()),
                container("channelbox.v1-undertow", "undertow.UndertowServer", "channelbox", PlainDialect.v1()));
    }

    static Candidate named(String name) {
        return all().stream()
                .filter(candidate -> candidate.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no candidate " + name + ", only "
                        + all().stream().map(Candidate::name).toList()));
    }

    private static Candidate netty(String name, String... arguments) {
        return new Candidate(name, "netty", PACKAGE + "netty.NettyServer", List.of(arguments), PlainDialect.plain());
    }

    private static Candidate container(String name, String mainClass, String application, Dialect dialect) {
        String module = mainClass.substring(0, mainClass.indexOf('.'));
        return new Candidate(name, module, PACKAGE + mainClass, List.of(application), dialect);
    }

    /** The hand-written endpoint that it is compared with: in the same container, or in Undertow if its name ends with none. */
    String base() {
        return "jakarta-"
                + CONTAINERS.stream().filter(name()::endsWith).findFirst().orElse("undertow");
    }
}
