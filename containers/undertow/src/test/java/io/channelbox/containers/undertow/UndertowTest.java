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
    public Set<Quirk> quirks() {
        return Set.of(
                Quirk.SLOWS_NOBODY_DOWN, // each thread that reads does so for many connections
                Quirk.MAY_FORGET_THE_PEERS_CODE, // 25 of 1,500 closes: the end of TCP came first
                Quirk.REPORTS_NO_STATUS_AS_NORMAL); // seen in every run
    }
}
