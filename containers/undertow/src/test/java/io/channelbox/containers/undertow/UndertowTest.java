package io.channelbox.containers.undertow;

import io.channelbox.containers.Quirk;
import io.channelbox.containers.ServletContainerSuite;
import io.channelbox.containers.TestServer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.function.Consumer;

class UndertowTest extends ServletContainerSuite {

    @Override
    protected TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        return UndertowServer.start(contextPath, starting);
    }

    @Override
    protected Set<Quirk> quirks() {
        return Set.of(
                Quirk.COLLECTS_FRAMES, // its frame handler reads a frame to the end before it calls a partial handler
                Quirk.LATER_FILTERS_COME_FIRST); // each mapping that is not "after" is inserted at the front
    }
}
