package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.PathTemplate;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.EndpointDescription;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.TypeName;
import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEndpointsTest {

    private final ChannelBox box = ChannelBox.builder().build();

    @AfterEach
    void closeBox() {
        box.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/chat, /chat",
        "/chat/{room}, /chat/{id}",
        "/chat/{room}, /chat/lobby",
        "/{a}/b, /a/{b}",
        "/{anything}, /chat"
    })
    void aPathIsMountedOnce(String first, String second) {
        ChatEndpoints endpoints = ChatEndpoints.of(box).mount(first, Silent::new);

        var refused = assertThrows(IllegalArgumentException.class, () -> endpoints.mount(second, Silent::new));

        assertTrue(refused.toString().contains("'" + second + "' and '" + first + "'"), refused.toString());
        assertTrue(refused.toString().contains("a path of its own"), refused.toString());
    }

    @ParameterizedTest
    @CsvSource({"/chat, /news", "/chat/{room}, /chat", "/chat/{room}, /news/{room}", "/chat, /chat/", "/a/{b}, /{b}"})
    void differentPathsLiveSideBySide(String first, String second) {
        List<ServerEndpointConfig> configs = ChatEndpoints.of(box)
                .mount(first, Silent::new)
                .mount(second, Silent::new)
                .toConfigs();

        assertEquals(
                List.of(first, second),
                configs.stream().map(ServerEndpointConfig::getPath).toList());
    }

    @Test
    void whatIsMountedIsDescribed() {
        ChatEndpoints endpoints = ChatEndpoints.of(box)
                .mount("/chat/{room}", Silent::new)
                .mount("/news", ConsumerOptions.DEFAULT.tellingOfCompletion(), Silent::new);

        List<EndpointDescription> described = endpoints.describe();

        assertEquals(
                List.of(new PathTemplate("/chat/{room}"), new PathTemplate("/news")),
                described.stream().map(EndpointDescription::path).toList());
        assertEquals(Silent.class, described.get(0).consumer().consumer());
        assertTrue(described.get(1).options().tellingCompletion());
    }

    @Test
    void aConsumerWithAMistakeIsRefusedWhereItIsMounted() {
        ChatEndpoints endpoints = ChatEndpoints.of(box);

        var refused = assertThrows(IllegalStateException.class, () -> endpoints.mount("/chat", Forgetful::new));

        assertTrue(refused.toString().contains("nothing handles"), refused.toString());
    }

    @TypeName("ping")
    record Ping() {}

    static final class Forgetful extends TypedConsumer<Ping> {
        @Override
        protected void handlers(Handlers<Ping> on) {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "", "/chat/{}", "/chat/{a}/{a}", "/chat/room-{id}"})
    void whatIsNoPathIsRefused(String path) {
        ChatEndpoints endpoints = ChatEndpoints.of(box);

        assertThrows(IllegalArgumentException.class, () -> endpoints.mount(path, Silent::new));
    }

    @Test
    @SuppressWarnings("NullAway") // what is refused here
    void nothingMayBeMissing() {
        ChatEndpoints endpoints = ChatEndpoints.of(box);

        assertEquals("box", missing(() -> ChatEndpoints.of(null)));
        assertEquals("authenticator", missing(() -> endpoints.authenticate(null)));
        assertEquals("subprotocols", missing(() -> endpoints.subprotocols((String[]) null)));
        assertEquals("subprotocol", missing(() -> endpoints.subprotocols("chat.v1", null)));
        assertEquals("origins", missing(() -> endpoints.allowOrigins((String[]) null)));
        assertEquals("origin", missing(() -> endpoints.allowOrigins("https://friend.example", null)));
        assertEquals("path", missing(() -> endpoints.mount(null, Silent::new)));
        assertEquals("factory", missing(() -> endpoints.mount("/chat", null)));
        assertEquals("options", missing(() -> endpoints.mount("/chat", null, Silent::new)));
        assertEquals(
                "application",
                missing(() -> endpoints.mount("/chat", Silent::new).deployTo(null)));
    }

    private static String missing(Runnable call) {
        return String.valueOf(
                assertThrows(NullPointerException.class, call::run).getMessage());
    }

    @Test
    void aDoorWithNothingBehindItIsNotDeployed() {
        ChatEndpoints endpoints = ChatEndpoints.of(box);
        endpoints.mount("/chat", Silent::new); // and the result is thrown away

        var refused = assertThrows(IllegalStateException.class, endpoints::toConfigs);

        assertTrue(refused.toString().contains("go on with what it returns"), refused.toString());
    }

    @Test
    void everyConnectionGetsAnEndpointOfItsOwn() throws Exception {
        ServerEndpointConfig.Configurator configurator = configuratorOf(ChatEndpoints.of(box));

        assertNotSame(
                configurator.getEndpointInstance(ChatEndpoint.class),
                configurator.getEndpointInstance(ChatEndpoint.class));
    }

    @Test
    void theFirstSubprotocolThatIsOfferedAndSpokenIsAgreedOn() {
        ServerEndpointConfig.Configurator configurator =
                configuratorOf(ChatEndpoints.of(box).subprotocols("chat.v2", "chat.v1"));
        List<String> spoken = List.of("chat.v2", "chat.v1", "channelbox.v1");

        assertEquals(
                "chat.v1", configurator.getNegotiatedSubprotocol(spoken, List.of("bearer.x", "chat.v1", "chat.v2")));
        assertEquals("", configurator.getNegotiatedSubprotocol(spoken, List.of("other")));
        assertEquals("", configurator.getNegotiatedSubprotocol(spoken, List.of()));
        assertTrue(configurator.getNegotiatedExtensions(List.of(), List.of()).isEmpty());
    }

    @Test
    void theLibrarysOwnSubprotocolIsSpokenWhereJsonIsWritten() {
        List<ServerEndpointConfig> configs = ChatEndpoints.of(box)
                .mount("/json", SilentInJson::new)
                .mount("/text", Silent::new)
                .subprotocols("chat.v1")
                .toConfigs();

        assertEquals(List.of("chat.v1", "channelbox.v1"), configs.get(0).getSubprotocols());
        assertEquals(List.of("chat.v1"), configs.get(1).getSubprotocols());
        assertEquals("channelbox.v1", agreedOn(configs.get(0)));
        assertEquals("", agreedOn(configs.get(1)));
    }

    private static String agreedOn(ServerEndpointConfig config) {
        return config.getConfigurator().getNegotiatedSubprotocol(config.getSubprotocols(), List.of("channelbox.v1"));
    }

    @Test
    void aTokenIsNoSubprotocol() {
        ChatEndpoints endpoints = ChatEndpoints.of(box);

        var refused =
                assertThrows(IllegalArgumentException.class, () -> endpoints.subprotocols("chat.v1", "bearer.secret"));

        assertTrue(refused.toString().contains("subprotocols(\"chat.v1\")"), refused.toString());
        assertFalse(refused.toString().contains("secret"), refused.toString());
    }

    @Test
    void asManyThreadsAsLessThanNoneAreRefused() {
        ChatEndpoints endpoints = ChatEndpoints.of(box);

        var refused = assertThrows(IllegalArgumentException.class, () -> endpoints.slowingSenders(-1));

        assertTrue(refused.toString().contains("slowingSenders must not be negative, was -1"), refused.toString());
        endpoints.slowingSenders(Integer.MAX_VALUE).mount("/chat", Silent::new).toConfigs();
    }

    @ParameterizedTest
    @CsvSource({
        "Apache Tomcat/11.0.25, new WsSci()",
        "jetty/12.0.36, JakartaWebSocketServletContainerInitializer.configure",
        "Undertow - 2.3.24.Final, WebSocketDeploymentInfo",
        "Liberty, Switch them on"
    })
    void anApplicationWithoutWebSocketsIsToldTheMissingStep(String server, String step) {
        ChatEndpoints endpoints = ChatEndpoints.of(box).mount("/chat", Silent::new);

        var refused = assertThrows(IllegalStateException.class, () -> endpoints.deployTo(withoutWebSockets(server)));

        assertTrue(refused.toString().contains(server), refused.toString());
        assertTrue(refused.toString().contains(step), refused.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "/chat/{room}, /chat/lobby, /chat/lobby",
        "/chat/{room}, /app/chat/lobby, /chat/lobby",
        "/chat/{room}, /a/b/c/chat/lobby, /chat/lobby",
        "/chat, /chat, /chat",
        "/chat, /app/chat, /chat",
        "/chat/{room}, /lobby, /lobby",
        "/chat/{room}, '', ''"
    })
    void theEndOfAPathIsWhatAMountIsAskedFor(String template, String path, String tail) {
        Mount mount = new Mount(new PathTemplate(template), ConsumerOptions.DEFAULT, Silent::new);

        assertEquals(tail, mount.tailOf(path));
    }

    @ParameterizedTest
    @CsvSource({
        "/chat, /chat",
        "/chat/{room}, /chat/*",
        "/{room}, /*",
        "/a/{b}/c, /a/*",
    })
    void theFilterSeesNoMoreThanItMust(String template, String pattern) {
        Mount mount = new Mount(new PathTemplate(template), ConsumerOptions.DEFAULT, Silent::new);

        assertEquals(pattern, mount.urlPattern());
        assertFalse(pattern.contains("{"));
    }

    private static ServerEndpointConfig.Configurator configuratorOf(ChatEndpoints endpoints) {
        return endpoints.mount("/chat", Silent::new).toConfigs().get(0).getConfigurator();
    }

    private static ServletContext withoutWebSockets(String server) {
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> method.getName().equals("getServerInfo") ? server : null);
    }

    private static final class SilentInJson extends ChannelConsumer<List<String>> {
        @Override
        protected void onReceive(Channel me, List<String> message) {}
    }

    static final class Silent extends ChannelConsumer<String> {

        @Override
        protected void onReceive(Channel me, String message) {}
    }
}
