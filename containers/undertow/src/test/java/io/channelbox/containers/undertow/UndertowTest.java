package io.channelbox.containers.undertow;

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

class UndertowTest extends ServletContainerSuite {

    @Override
    protected TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        return UndertowServer.start(contextPath, starting);
    }

    @Override
    public Set<Quirk> quirks() {
        return Set.of(
                Quirk.SLOWS_NOBODY_DOWN, // each thread that reads does so for many connections
                Quirk.COMPRESSES_NOTHING, // it names no extension that is installed, also where one is
                Quirk.MAY_FORGET_THE_PEERS_CODE, // 25 of 1,500 closes: the end of TCP came first
                Quirk.REPORTS_NO_STATUS_AS_NORMAL); // seen in every run
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
