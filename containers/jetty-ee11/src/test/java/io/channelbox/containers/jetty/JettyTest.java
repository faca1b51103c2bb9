package io.channelbox.containers.jetty;

import io.channelbox.containers.Quirk;
import io.channelbox.containers.ServletContainerSuite;
import io.channelbox.containers.TestServer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.function.Consumer;

class JettyTest extends ServletContainerSuite {

    @Override
    protected TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        return JettyServer.start(contextPath, starting);
    }

    @Override
    public Set<Quirk> quirks() {
        return Set.of(
                Quirk.REFUSES_ENCODED_SLASHES, // it answers 400
                Quirk.DROPS_CONNECTIONS_ON_STOP); // its peers always saw 1006: close the box first
    }
}
