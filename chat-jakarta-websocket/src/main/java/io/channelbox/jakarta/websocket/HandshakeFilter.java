package io.channelbox.jakarta.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.channel.CloseStatus;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the container's own upgrade, where a refusal can still be an HTTP answer. It is destroyed before the
 * container closes its sessions, so it is also where the adapter takes leave of its peers.
 */
final class HandshakeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient List<Mount> mounts;
    private final transient Reception reception;
    private final transient OpenChannels channels;
    private final transient ConnectionFactory connections;

    HandshakeFilter(List<Mount> mounts, Reception reception, OpenChannels channels, ConnectionFactory connections) {
        this.mounts = mounts;
        this.reception = reception;
        this.channels = channels;
        this.connections = connections;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            chain.doFilter(request, response);
            return;
        }
        if (isMalformed(request.getQueryString())) { // containers answer this with an error page of their own
            answer(response, HttpServletResponse.SC_BAD_REQUEST, "the query is malformed");
            return;
        }
        Optional<Asked> asked = askedIn(request);
        if (asked.isEmpty()) {
            passOn(request, response, chain);
            return;
        }
        Admission admission = reception.admit(asked.get().handshake());
        if (admission.result() instanceof AuthResult.Rejected rejected
                && !admission.isToldInside(asked.get().mount())) {
            refuse(response, rejected);
            return;
        }
        reception.begin(admission);
        try {
            chain.doFilter(request, response);
        } finally {
            reception.end();
        }
    }

    private static boolean isMalformed(@Nullable String rawQuery) {
        try {
            return rawQuery != null && URI.create("/?" + rawQuery).getRawQuery() == null;
        } catch (IllegalArgumentException notAQuery) {
            return true;
        }
    }

    /** What is none of ours is the application's; what only has a parameter that can be none is nowhere. */
    private void passOn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = HandshakeCopy.pathOf(request);
        if (mounts.stream().anyMatch(mount -> mount.path().covers(path))) {
            answer(response, HttpServletResponse.SC_NOT_FOUND, "nothing at this path");
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Asked> askedIn(HttpServletRequest request) {
        return mounts.stream()
                .flatMap(mount -> HandshakeCopy.of(request, mount).stream().map(copy -> new Asked(mount, copy)))
                .findFirst();
    }

    private static void refuse(HttpServletResponse response, AuthResult.Rejected rejected) throws IOException {
        new CloseStatus(rejected.reason().closeCode(), rejected.text())
                .retryAfter()
                .ifPresent(time -> response.setHeader("Retry-After", Long.toString(secondsOf(time))));
        answer(response, rejected.reason().httpStatus(), rejected.text());
    }

    /** Rounds up: the header knows whole seconds only, and the text has the rest. */
    private static long secondsOf(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain");
        response.setCharacterEncoding(UTF_8.name());
        response.getWriter().println(text);
    }

    /** Which mount is asked for, and how. */
    private record Asked(Mount mount, Handshake handshake) {}

    @Override
    public void destroy() {
        channels.leave();
        connections.close();
    }
}
