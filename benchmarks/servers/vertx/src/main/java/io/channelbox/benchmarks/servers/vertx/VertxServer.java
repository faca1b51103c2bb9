package io.channelbox.benchmarks.servers.vertx;

import io.channelbox.benchmarks.servers.ServerProcess;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/** A room server as one writes it with Vert.x: a verticle for each core. */
public final class VertxServer {

    private VertxServer() {}

    public static void main(String[] arguments) throws Exception {
        ServerProcess.run(arguments, VertxServer::start);
    }

    private static int start(int port) {
        int cores = Runtime.getRuntime().availableProcessors();
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(cores));
        var listening = new CompletableFuture<Integer>();
        var address = port == 0
                ? SocketAddress.sharedRandomPort(1, "127.0.0.1")
                : SocketAddress.inetSocketAddress(port, "127.0.0.1");
        vertx.deployVerticle(
                        () -> new RoomVerticle(address, listening::complete),
                        new DeploymentOptions().setInstances(cores))
                .await();
        return listening.join();
    }
}
