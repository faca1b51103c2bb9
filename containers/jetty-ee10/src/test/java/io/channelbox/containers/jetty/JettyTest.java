package io.channelbox.containers.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.channelbox.channel.GatheringConnection;
import io.channelbox.containers.Quirk;
import io.channelbox.containers.ServletContainerSuite;
import io.channelbox.containers.TestServer;
import io.channelbox.message.Frame;
import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatWaitsLeavesTogetherUnlessNothingButTheJakartaApiIsToBeUsed() throws Exception {
        try (Link link = open()) {
            assertEquals(!isPortable(), link.connection() instanceof GatheringConnection);
        }
    }

    @Test
    void whereTheContainerHidesItsClassesTheJakartaApiIsUsed() throws Exception {
        try (Link link = openHidden()) {
            var sent = new Awaited();

            link.connection().send(Frame.text("hello"), sent);

            sent.await();
            assertFalse(link.connection() instanceof GatheringConnection);
            assertEquals(Frame.text("hello"), link.nextFrame());
        }
    }
}
