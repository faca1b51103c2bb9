package io.channelbox.containers.tyrus;

import io.channelbox.containers.ContainerSuite;
import io.channelbox.containers.Quirk;
import io.channelbox.containers.TestServer;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Set;

class TyrusTest extends ContainerSuite {

    @Override
    public TestServer start(ChatEndpoints endpoints) throws Exception {
        return start(endpoints.toConfigs());
    }

    @Override
    public TestServer start(List<ServerEndpointConfig> configs) throws Exception {
        return TyrusServer.start(configs);
    }

    @Override
    public Set<Quirk> quirks() {
        return Set.of(
                Quirk.KEEPS_STALLED_CONNECTIONS, // it has no timeout for writes, see eclipse-ee4j/tyrus#641
                Quirk.COLLECTS_FRAMES, // 80 KiB of a frame were not shown to us
                Quirk.COMPRESSES_NOTHING, // it has no such extension installed
                Quirk.REPORTS_NO_STATUS_AS_NORMAL, // seen in every run
                Quirk.DROPS_CONNECTIONS_ON_STOP); // without a servlet context nobody tells us: close the box first
    }
}
