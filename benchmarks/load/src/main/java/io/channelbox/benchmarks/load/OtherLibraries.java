package io.channelbox.benchmarks.load;

import java.util.List;

/** What others have made for the same end. */
final class OtherLibraries {

    private OtherLibraries() {}

    static List<Candidate> candidates() {
        return List.of(
                candidate("spring-handler", "springhandler.SpringHandlerServer", PlainDialect.plain()),
                candidate("spring-stomp", "springstomp.SpringStompServer", new StompDialect()),
                candidate("cometd", "cometd.CometDServer", new BayeuxDialect()),
                candidate("netty-socketio", "nettysocketio.SocketIoServer", new SocketIoDialect()),
                candidate("vertx", "vertx.VertxServer", PlainDialect.plain()),
                candidate("atmosphere", "atmosphere.AtmosphereServer", new PathDialect())
                        .onJava(21));
    }

    private static Candidate candidate(String name, String mainClass, Dialect dialect) {
        return new Candidate(name, name, "io.channelbox.benchmarks.servers." + mainClass, List.of(), dialect);
    }
}
