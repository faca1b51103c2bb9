package io.channelbox.examples.system.people;

import io.channelbox.auth.User;
import io.channelbox.examples.system.edge.PlainRefusal;
import io.channelbox.limit.Rate;
import io.channelbox.limit.RateLimiter;
import io.channelbox.message.UserId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody at the conversations without a token, nor too often, and notes whose it is. The sockets, which have their own way to ask, pass. */
@Component
public class BearerFilter extends OncePerRequestFilter {

    /** The attribute of a request that holds whose it is, a {@link UserId}. */
    public static final String USER = "io.channelbox.examples.system.user";

    private static final String PATH = "/api/v1/chat/";
    private static final String SCHEME = "Bearer ";
    private static final int TOO_MANY_REQUESTS = 429;

    private final Tokens tokens;
    private final RateLimiter<UserId> limiter =
            new RateLimiter<>(Rate.perSecond(50).burst(300), System::nanoTime);

    /** Asks these tokens. */
    public BearerFilter(Tokens tokens) {
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
            response.setHeader("WWW-Authenticate", "Bearer");
            PlainRefusal.send(response, HttpServletResponse.SC_UNAUTHORIZED, "Not authenticated");
            return;
        }
        Duration wait = limiter.tryTake(user.get().id());
        if (!wait.isZero()) {
            response.setHeader("Retry-After", Long.toString(wait.toSeconds() + 1));
            PlainRefusal.send(response, TOO_MANY_REQUESTS, "Too many requests");
            return;
        }
        request.setAttribute(USER, user.get().id());
        chain.doFilter(request, response);
    }
}
