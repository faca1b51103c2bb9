package io.channelbox.jakarta.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Stands in front of the container's own upgrade, where a refusal can still be an HTTP answer. It is destroyed before the
 * container closes its sessions, so it is also where the adapter takes leave of its peers.
 */
final class HandshakeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient List<Mount> mounts;
    private final transient Reception reception;
    private final transient OpenChannels channels;

    HandshakeFilter(List<Mount> mounts, Reception reception, OpenChannels channels) {
        this.mounts = mounts;
        this.reception = reception;
        this.channels = channels;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Handshake> handshake = handshakeIn(request);
        if (handshake.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Admission admission = reception.admit(handshake.get());
        if (admission.result() instanceof AuthResult.Rejected rejected) {
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

    private Optional<Handshake> handshakeIn(HttpServletRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            return Optional.empty();
        }
        return mounts.stream()
                .flatMap(mount -> HandshakeCopy.of(request, mount).stream())
                .findFirst();
    }

    private static void refuse(HttpServletResponse response, AuthResult.Rejected rejected) throws IOException {
        response.setStatus(rejected.reason().httpStatus());
        response.setContentType("text/plain");
        response.setCharacterEncoding(UTF_8.name());
        response.getWriter().println(rejected.text());
    }

    @Override
    public void destroy() {
        channels.leave();
    }
}
