package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.PathTemplate;
import io.channelbox.consumer.ConsumerOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.Principal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeCopyTest {

    private static final Mount MOUNT =
            new Mount(new PathTemplate("/chat/{room}"), ConsumerOptions.DEFAULT, ChatEndpointsTest.Silent::new);
    private static final Principal ANN = () -> "ann";

    @Test
    void everythingARequestSaysIsCopied() {
        HttpSession session = answering(
                HttpSession.class,
                Map.of("getAttributeNames", Collections.enumeration(List.of("name")), "getAttribute", "Ann"));
        Map<String, Object> request = request("/app/chat/caf%C3%A9+1", "a=1&a=2&b=x%20y");
        request.put("getHeaderNames", Collections.enumeration(List.of("Cookie")));
        request.put("getHeaders", Collections.enumeration(List.of("flavour=mint")));
        request.put("getUserPrincipal", ANN);
        request.put("getRemoteAddr", "192.0.2.1");
        request.put("getSession", session);

        Handshake copy = copyOf(request).orElseThrow();

        assertEquals("/chat/café+1", copy.path());
        assertEquals("café+1", copy.path("room"));
        assertEquals(Map.of("a", List.of("1", "2"), "b", List.of("x y")), copy.query());
        assertEquals(Optional.of("mint"), copy.cookie("flavour"));
        assertEquals(Optional.of(ANN), copy.principal());
        assertEquals(Optional.of("192.0.2.1"), copy.remoteAddress());
        assertEquals(Map.of("name", "Ann"), copy.session());
    }

    @Test
    void whatARequestDoesNotSayIsEmpty() {
        Handshake copy = copyOf(request("/app/chat/lobby", null)).orElseThrow();

        assertTrue(copy.query().isEmpty());
        assertTrue(copy.principal().isEmpty());
        assertTrue(copy.remoteAddress().isEmpty());
        assertTrue(copy.session().isEmpty());
    }

    @Test
    void pathParametersOfServletsAreNoPartOfThePath() {
        Handshake copy =
                copyOf(request("/app/chat;v=1/lobby;jsessionid=abc", null)).orElseThrow();

        assertEquals("/chat/lobby", copy.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/chat", "/app/chat/", "/app/chat/a/b", "/app/news/a", "/app/chat/%zz", "/app"})
    void aRequestForAnotherPathIsNotCopied(String uri) {
        assertTrue(copyOf(request(uri, null)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "ws://host/app/chat/a%20b?token=x", // Tomcat
        "http://host/app/chat/a%20b?token=x", // Jetty
        "/app/chat/a%20b?token=x", // Undertow
        "/app/chat/a%20b" // Tyrus
    })
    void containersWriteTheUriEachInTheirOwnWay(String uri) {
        HandshakeRequest request = answering(
                HandshakeRequest.class,
                Map.of(
                        "getRequestURI",
                        URI.create(uri),
                        "getQueryString",
                        "token=x",
                        "getHeaders",
                        Map.of("host", List.of("chat.example")),
                        "getUserPrincipal",
                        ANN));

        Handshake copy = HandshakeCopy.of(request, MOUNT).orElseThrow();

        assertEquals("/chat/a b", copy.path());
        assertEquals(Optional.of("x"), copy.query("token"));
        assertEquals(Optional.of("chat.example"), copy.header("Host"));
        assertEquals(Optional.of(ANN), copy.principal());
    }

    private static Optional<Handshake> copyOf(Map<String, Object> request) {
        return HandshakeCopy.of(answering(HttpServletRequest.class, request), MOUNT);
    }

    private static Map<String, Object> request(String uri, @Nullable String query) {
        Map<String, Object> request = new HashMap<>();
        request.put("getRequestURI", uri);
        request.put("getContextPath", "/app");
        request.put("getHeaderNames", Collections.emptyEnumeration());
        if (query != null) {
            request.put("getQueryString", query);
        }
        return request;
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
