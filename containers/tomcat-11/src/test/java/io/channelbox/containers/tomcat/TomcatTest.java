package io.channelbox.containers.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.channel.ChannelBox;
import io.channelbox.containers.Client;
import io.channelbox.containers.Quirk;
import io.channelbox.containers.RawClient;
import io.channelbox.containers.ServletContainerSuite;
import io.channelbox.containers.TestServer;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TomcatTest extends ServletContainerSuite {

    @Override
    protected TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception {
        return TomcatServer.start(contextPath, starting);
    }

    @Override
    public Set<Quirk> quirks() {
        return Set.of(
                Quirk.REFUSES_ENCODED_SLASHES, // it answers 400
                Quirk.REPORTS_NO_STATUS_AS_NORMAL); // seen in every run
    }

    /** As in Spring Boot, which registers listener beans while the application starts: those may add no filters. */
    @Test
    void deployedByALateListenerARefusalIsACloseCode() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer server = start("", application -> application.addListener(new Deploying(endpoints(box))))) {
            try (RawClient refused = RawClient.connect(server.at("/desk?refuse=unknown"))) {
                assertEquals(4401, refused.next().closeStatus().code());
            }
            try (Client ann = Client.Kind.JDK.connect(server.at("/desk"))) {
                assertEquals("Echo: x", ann.ask("x"));
            }
        }
    }

    /** Deploys when the application starts. */
    private record Deploying(ChatEndpoints endpoints) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            endpoints.deployTo(event.getServletContext());
        }
    }
}
