package io.channelbox.containers.tomcat;

import io.channelbox.containers.Quirk;
import io.channelbox.containers.ServletContainerSuite;
import io.channelbox.containers.TestServer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.function.Consumer;

class TomcatTest extends ServletContainerSuite {

    @Override
    protected TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        return TomcatServer.start(contextPath, starting);
    }

    @Override
    protected Set<Quirk> quirks() {
        return Set.of(
                Quirk.REFUSES_ENCODED_SLASHES, // its connector answers 400, unless told otherwise
                Quirk.REPORTS_NO_STATUS_AS_NORMAL); // an empty close frame gets 1000 before it is looked at
    }
}
