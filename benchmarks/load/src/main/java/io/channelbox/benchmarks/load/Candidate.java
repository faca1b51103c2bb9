package io.channelbox.benchmarks.load;

import java.util.List;

/**
 * One server to compare.
 *
 * @param module the directory under benchmarks/servers
 * @param arguments what follows the port
 */
record Candidate(String name, String module, String mainClass, List<String> arguments, Dialect dialect) {

    private static final List<String> CONTAINERS = List.of("tomcat", "jetty", "undertow");
    private static final String PACKAGE = "io.channelbox.benchmarks.servers.";

    /** All that there are, in the order in which they take turns. */
    static List<Candidate> all() {
        return List.of(
                new Candidate("netty", "netty", PACKAGE + "netty.NettyServer", List.of(), PlainDialect.plain()),
                new Candidate(
                        "netty-gather",
                        "netty",
                        PACKAGE + "netty.NettyServer",
                        List.of("gather"),
                        PlainDialect.plain()));
    }

    /** The hand-written endpoint that it is compared with: in the same container, or in Undertow if its name ends with none. */
    String base() {
        return "jakarta-"
                + CONTAINERS.stream().filter(name()::endsWith).findFirst().orElse("undertow");
    }
}
