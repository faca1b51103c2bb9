package io.channelbox.benchmarks.load;

import java.util.List;

/**
 * One server to compare.
 *
 * @param module the directory under benchmarks/servers
 * @param arguments what follows the port
 */
record Candidate(String name, String module, String mainClass, List<String> arguments, Dialect dialect) {

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
}
