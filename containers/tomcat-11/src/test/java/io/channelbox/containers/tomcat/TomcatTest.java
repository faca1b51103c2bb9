package io.channelbox.containers.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.containers.Client;
import io.channelbox.containers.Quirk;
import io.channelbox.containers.RawClient;
import io.channelbox.containers.ServletContainerSuite;
import io.channelbox.containers.TestServer;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.message.Frame;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

    /** In frames so small that they leave by the blocking remote. */
    @Test
    void aCloseEndsASendThatBlocks() throws Exception {
        try (Link link = open()) {
            link.stopReading();
            Awaited blocked = sendUntilOneBlocks(link.connection());

            link.connection().close(new CloseStatus(4001, "enough"));

            assertThrows(ExecutionException.class, blocked::await);
        }
    }

    private Awaited sendUntilOneBlocks(Connection connection) throws Exception {
        Frame frame = Frame.binary(new byte[64 << 10]);
        while (true) {
            var sent = new Awaited();
            connection.send(frame, sent);
            for (int i = 0; i < 20 && !sent.isDone(); i++) {
                nothingTellsAPeerThatDoesNotRead(Duration.ofMillis(50));
            }
            if (!sent.isDone()) {
                return sent;
            }
        }
    }

    @Test
    void theThreadsThatWriteEndWithTheApplication() throws Exception {
        Set<Thread> before = writers();
        try (ChannelBox box = ChannelBox.builder().build()) {
            TestServer server = start(endpoints(box));
            try (Client ann = Client.Kind.JDK.connect(server.at("/desk"))) {
                assertEquals("Echo: x", ann.ask("x"));
            }
            Set<Thread> own = writers();
            own.removeAll(before);

            server.stop();

            for (Thread each : own) {
                each.join(Duration.ofSeconds(Client.SECONDS).toMillis());
                assertFalse(each.isAlive(), each.getName());
            }
            assertEquals(isPortable(), own.isEmpty());
        }
    }

    private static Set<Thread> writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("channelbox-writer"))
                .collect(Collectors.toSet());
    }

    /** Deploys when the application starts. */
    private record Deploying(ChatEndpoints endpoints) implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            endpoints.deployTo(event.getServletContext());
        }
    }
}
