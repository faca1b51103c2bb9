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
    protected TestServer start(ChatEndpoints endpoints) throws Exception {
        return start(endpoints.toConfigs());
    }

    @Override
    protected TestServer start(List<ServerEndpointConfig> configs) throws Exception {
        return TyrusServer.start(configs);
    }

    @Override
    protected Set<Quirk> quirks() {
        return Set.of(
                Quirk.KEEPS_STALLED_CONNECTIONS, // there is no timeout for writes, see eclipse-ee4j/tyrus#641
                Quirk.COLLECTS_FRAMES, // its parser waits for a whole frame, of up to incomingBufferSize: 4 MiB
                // unless set
                Quirk.REPORTS_NO_STATUS_AS_NORMAL, // an empty close frame becomes a NORMAL_CLOSURE in its CloseFrame
                Quirk.DROPS_CONNECTIONS_ON_STOP); // without a servlet context nobody tells us, so close the box first
    }
}
