package io.channelbox.jakarta.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.auth.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.server.HandshakeRequest;
import java.net.URLDecoder;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies what a container knows of a handshake, since it forgets it when the upgrade is made. */
final class HandshakeCopy {

    private HandshakeCopy() {}

    /** Returns the raw path within the application. */
    static String pathOf(HttpServletRequest request) {
        return withoutPathParameters(
                request.getRequestURI().substring(request.getContextPath().length()));
    }

    /** Returns the copy of a request when it is one for this mount. */
    static Optional<Handshake> of(HttpServletRequest request, Mount mount) {
        String path = pathOf(request);
        return mount.path().match(path).map(parameters -> {
            Handshake.Builder copy =
                    at(path, parameters, request.getQueryString()).speaking(mount.subprotocols());
            for (String name : Collections.list(request.getHeaderNames())) {
                Collections.list(request.getHeaders(name)).forEach(value -> copy.header(name, value));
            }
            Optional.ofNullable(request.getUserPrincipal()).ifPresent(copy::principal);
            Optional.ofNullable(request.getRemoteAddr()).ifPresent(copy::remoteAddress);
            Optional.ofNullable(request.getSession(false)).ifPresent(session -> OfServlets.copySession(session, copy));
            return copy.build();
        });
    }

    /** Returns the copy of what a container shows where there was no filter. Containers write the URI each in their own way. */
    static Optional<Handshake> of(HandshakeRequest request, Mount mount) {
        String path = mount.tailOf(
                withoutPathParameters(String.valueOf(request.getRequestURI().getRawPath())));
        return mount.path().match(path).map(parameters -> {
            Handshake.Builder copy =
                    at(path, parameters, request.getQueryString()).speaking(mount.subprotocols());
            request.getHeaders().forEach((name, values) -> values.forEach(value -> copy.header(name, value)));
            Optional.ofNullable(request.getUserPrincipal()).ifPresent(copy::principal);
            Optional.ofNullable(request.getHttpSession()).ifPresent(session -> OfServlets.copySession(session, copy));
            return copy.build();
        });
    }

    private static Handshake.Builder at(String rawPath, Map<String, String> parameters, @Nullable String rawQuery) {
        String path = URLDecoder.decode(rawPath.replace("+", "%2B"), UTF_8);
        Handshake.Builder copy = Handshake.at(path).pathParameters(parameters);
        return rawQuery == null ? copy : copy.rawQuery(rawQuery);
    }

    /** Cuts {@code ;jsessionid=...} and its like, which containers do not count as part of the path either. */
    private static String withoutPathParameters(String rawPath) {
        return rawPath.indexOf(';') < 0 ? rawPath : rawPath.replaceAll(";[^/]*", "");
    }

    /** On its own, because a container without servlets does not have their classes. */
    private static final class OfServlets {

        static void copySession(Object session, Handshake.Builder copy) {
            if (session instanceof HttpSession http) {
                for (String name : Collections.list(http.getAttributeNames())) {
                    Optional.ofNullable(http.getAttribute(name)).ifPresent(value -> copy.session(name, value));
                }
            }
        }
    }
}
