package io.channelbox.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.jakarta.websocket.ChatEndpoints;
import io.channelbox.limit.Limits;
import io.channelbox.message.UserId;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold in addition where there are servlets, and so a filter in front of the upgrade. */
public abstract class ServletContainerSuite extends ContainerSuite {

    /** For subclasses. */
    protected ServletContainerSuite() {}

    /** Starts the container with one application at this context path, and calls back while that starts. */
    protected abstract TestServer start(String contextPath, Consumer<ServletContext> starting) throws Exception;

    @Override
    public final TestServer start(ChatEndpoints endpoints) throws Exception {
        return start("", application -> deploy(endpoints, application));
    }

    @Override
    public final TestServer start(List<ServerEndpointConfig> configs) throws Exception {
        return start("", application -> {
            var container = (ServerContainer) application.getAttribute(ServerContainer.class.getName());
            try {
                for (ServerEndpointConfig config : configs) {
                    container.addEndpoint(config);
                }
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void deploy(ChatEndpoints endpoints, ServletContext application) {
        addLogin(application);
        endpoints.deployTo(application);
        endpoints.deployTo(application); // once more, which changes nothing
    }

    private static void addLogin(ServletContext application) {
        Filter login = new LoginFilter();
        var registration = application.addFilter("login", login);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @ParameterizedTest
    @CsvSource({
        "/desk?refuse=unknown, 401, who are you?",
        "/desk?refuse=forbidden, 403, not you",
        "/who/x?refuse=nothing, 404, no such room",
        "/desk?refuse=broken, 500, cannot authenticate now"
    })
    void aRefusalIsAnHttpAnswer(String path, int status, String text) throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start(endpoints(box))) {
            RawClient.Answer answer = RawClient.ask(served.at(path));

            assertEquals(status, answer.status());
            assertEquals(text, answer.body().strip());
            assertTrue(answer.header("Content-Type").startsWith("text/plain"));
            assertTrue(box.channels().isEmpty());
        }
    }

    @Test
    void whomTheBoxRefusesGetsAnHttpAnswerAndACloseCodeWhereItIsTooLate() throws Exception {
        try (ChannelBox box = ChannelBox.builder()
                        .limits(Limits.NONE.withChannelsPerUser(1))
                        .build();
                TestServer served = start(endpoints(box).mount("/late", () -> {
                    box.ban(new UserId("late"), Duration.ofHours(1)); // after the handshake
                    return new Consumers.Who();
                }))) {
            try (RawClient ann = RawClient.connect(served.at("/desk?token=ann"))) {
                ann.send("hello");
                assertEquals(1, ann.next().opcode()); // so it is open, which the end of the handshake does not say
                RawClient.Answer oneTooMany = RawClient.ask(served.at("/desk?token=ann"));
                assertEquals(429, oneTooMany.status());
                assertEquals("too many connections", oneTooMany.body().strip());
            }
            box.unban(new UserId("late"));
            try (RawClient late = RawClient.connect(served.at("/late?token=late"))) {
                assertEquals(new CloseStatus(4403, "banned"), late.next().closeStatus());
            }
            RawClient.Answer banned = RawClient.ask(served.at("/late?token=late"));
            assertEquals(403, banned.status());
            assertEquals("banned", banned.body().strip());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "http://localhost"})
    void aPageOfAnotherOriginIsForbidden(String origin) throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start(endpoints(box))) {
            for (String path : List.of("/desk", "/told")) {
                assertEquals(
                        403, RawClient.ask(served.at(path), "Origin: " + origin).status());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/who/", "/who/%00"})
    void aParameterThatCanBeNoneIsNotFound(String path) throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start(endpoints(box))) {
            int status = RawClient.askRaw(served.at("/"), path).status();

            assertTrue(status == 404 || status == 400, () -> "was " + status); // some containers refuse it before us
        }
    }

    @Test
    void aMalformedQueryIsABadRequest() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start(endpoints(box))) {
            assertEquals(
                    400, RawClient.askRaw(served.at("/"), "/desk?user=bob%").status());
        }
    }

    @Test
    void otherEndpointsAtTheSamePathsAreRefused() throws Exception {
        List<String> refusals = new ArrayList<>();
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start("", application -> {
                    endpoints(box).deployTo(application);
                    refusals.add(String.valueOf(assertThrows(
                                    IllegalStateException.class,
                                    () -> endpoints(box).deployTo(application))
                            .getMessage()));
                })) {
            assertTrue(refusals.get(0).contains("Mount all consumers"), refusals.get(0));
            assertEquals(401, RawClient.ask(served.at("/desk?refuse=unknown")).status());
        }
    }

    @Test
    void whatIsNoHandshakeIsLeftToTheApplication() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start(endpoints(box))) {
            assertEquals(
                    404, RawClient.get(served.at("/who/x?refuse=forbidden")).status());
        }
    }

    @Test
    void theHttpSessionAndThePrincipalAreCopied() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start(endpoints(box))) {
            String cookie = RawClient.get(served.at("/login?name=ann"))
                    .header("Set-Cookie")
                    .split(";", 2)[0];
            assertFalse(cookie.isEmpty());

            try (Client ann = Client.Kind.JDK.connect(
                    served.at("/who/x"), Map.of("Cookie", cookie, "X-Principal", "Ann Example"), List.of())) {
                JsonNode seen = JSON.readTree(ann.text());

                assertEquals("ann", seen.path("session").path("name").asText());
                assertEquals("Ann Example", seen.path("principal").asText());
                assertTrue(seen.path("address").asBoolean());
            }
            try (Client guest = Client.Kind.JDK.connect(served.at("/who/x"))) {
                JsonNode seen = JSON.readTree(guest.text());

                assertTrue(seen.path("session").isEmpty());
                assertEquals("", seen.path("principal").asText());
            }
        }
    }

    @Test
    void anApplicationMayHaveAContextPath() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build();
                TestServer served = start("/app", application -> deploy(endpoints(box), application))) {
            try (Client ann = Client.Kind.JDK.connect(served.at("/app/who/a%20b"))) {
                JsonNode seen = JSON.readTree(ann.text());

                assertEquals("/who/a b", seen.path("path").asText());
                assertEquals("a b", seen.path("pathParameters").path("room_id").asText());
            }
            assertEquals(
                    401, RawClient.ask(served.at("/app/desk?refuse=unknown")).status());
            assertEquals(404, RawClient.ask(served.at("/who/a")).status());
        }
    }

    @Test
    void whetherSendersAreSlowedDownIsKnownOfTheContainer() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build()) {
            if (quirks().contains(Quirk.SLOWS_NOBODY_DOWN)) {
                whoSendsTooFastIsClosed(endpoints(box));
            } else {
                whoSendsTooFastIsSlowedDown(endpoints(box));
            }
        }
    }

    @Test
    void whetherConsumersWorkOnTheThreadsThatReadIsKnownOfTheContainer() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build()) {
            assertEquals(!quirks().contains(Quirk.SLOWS_NOBODY_DOWN), consumersWorkOnReaders(endpoints(box), "/desk"));
        }
    }

    @Test
    void aConsumerThatNeverBlocksWorksOnTheThreadThatReads() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build()) {
            assertTrue(consumersWorkOnReaders(endpoints(box).slowingSenders(0), "/quick"));
        }
    }

    @Test
    void whereNoThreadIsToSpareConsumersWorkOnTheBoxsThreads() throws Exception {
        try (ChannelBox box = ChannelBox.builder().build()) {
            assertFalse(consumersWorkOnReaders(endpoints(box).slowingSenders(0), "/desk"));
        }
    }

    /** Asks more than once: a callback that has just answered may still be there when the next question comes, and keeps it. */
    private boolean consumersWorkOnReaders(ChatEndpoints endpoints, String path) throws Exception {
        try (TestServer served = start(endpoints);
                Client ann = Client.Kind.JDK.connect(served.at(path))) {
            boolean onReader = false;
            for (int i = 0; i < 100 && !onReader; i++) {
                String thread = ann.ask("thread");
                onReader = !thread.isEmpty() && !thread.startsWith("channelbox"); // virtual ones have no name
            }
            return onReader;
        }
    }
}
