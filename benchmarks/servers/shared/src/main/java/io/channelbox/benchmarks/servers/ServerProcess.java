package io.channelbox.benchmarks.servers;

import java.io.IOException;

/** A process that is one server: it tells its port, and ends when nobody writes to it any more. */
public final class ServerProcess {

    private ServerProcess() {}

    /** Starts a server. */
    @FunctionalInterface
    public interface Starter {

        /** Listens at a port, or at any if it is 0, and answers which it became. */
        int start(int port) throws Exception;
    }

    /** Runs until standard input ends. The first argument is the port. */
    public static void run(String[] arguments, Starter starter) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("the first argument must be the port, or 0 for any");
        }
        int port = starter.start(Integer.parseInt(arguments[0]));
        System.out.println("READY " + port);
        awaitTheEnd();
        System.exit(0);
    }

    private static void awaitTheEnd() throws IOException {
        var ignored = new byte[256];
        while (System.in.read(ignored) >= 0) {
            // Whoever started this holds the pipe open, no more.
        }
    }
}
