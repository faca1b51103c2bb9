package io.channelbox.examples.system;

import io.channelbox.auth.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody at the conversations without a token, and notes whose it is. The sockets, which have their own way to ask, pass. */
@Component
class BearerFilter extends OncePerRequestFilter {

    /** The attribute of a request that holds whose it is, an {@code io.channelbox.message.UserId}. */
    static final String USER = "io.channelbox.examples.system.user";

    private static final String PATH = "/api/v1/chat/";
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    BearerFilter(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !path.startsWith(PATH) || path.startsWith(PATH + "ws/") || path.equals(PATH + "topics");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<User> user = Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(header -> tokens.read(header.substring(SCHEME.length()).strip()));
        if (user.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setContentType("application/json");
            response.getWriter().write("{\"detail\":\"Not authenticated\"}");
            return;
        }
        request.setAttribute(USER, user.get().id());
        chain.doFilter(request, response);
    }
}
