package io.channelbox.containers.tyrus;

import io.channelbox.containers.TestServer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;

/** A Tyrus on Grizzly. */
final class TyrusServer implements TestServer {

    private final TyrusServerContainer tyrus;

    private TyrusServer(TyrusServerContainer tyrus) {
        this.tyrus = tyrus;
    }

    static TestServer start(List<ServerEndpointConfig> configs) throws Exception {
        ServerContainer tyrus = ServerContainerFactory.createServerContainer(Map.of());
        for (ServerEndpointConfig config : configs) {
            tyrus.addEndpoint(config);
        }
        tyrus.start("/", 0);
        return new TyrusServer((TyrusServerContainer) tyrus);
    }

    @Override
    public int port() {
        return tyrus.getPort();
    }

    @Override
    public void stop() {
        tyrus.stop();
    }
}
