package io.channelbox.examples.room;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code POST /login} with a {@code name} sets the session cookie, {@code POST /logout} takes it away, and {@code GET /token}
 * gives the page a token for its sockets. A login for demonstration: it asks for a name and for no password, so anyone can be anyone.
 */
final class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration SESSION = Duration.ofHours(12);
    // It stands in an address, and addresses end up in logs; so it soon is worth nothing.
    private static final Duration TOKEN = Duration.ofMinutes(10);

    private final transient Tokens tokens;

    LoginServlet(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/login" -> login(request, response);
            case "/logout" -> {
                response.addCookie(cookie(request, "", Duration.ZERO));
                toPage(response);
            }
            default -> response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    private void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding("utf-8");
        String given = Optional.ofNullable(request.getParameter("name")).orElse("");
        try {
            var name = new UserName(given.strip());
            response.addCookie(cookie(request, tokens.issue(name, SESSION), SESSION));
            toPage(response);
        } catch (IllegalArgumentException refused) {
            Answer.text(response, HttpServletResponse.SC_BAD_REQUEST, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getServletPath().equals("/token")) {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        Optional<UserName> name = sessionIn(request).flatMap(tokens::read);
        if (name.isPresent()) {
            Answer.json(response, Map.of("user", name.get().value(), "token", tokens.issue(name.get(), TOKEN)));
        } else {
            Answer.text(response, HttpServletResponse.SC_UNAUTHORIZED, "You are not logged in.");
        }
    }

    private static Optional<String> sessionIn(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(Identity.COOKIE))
                .map(Cookie::getValue)
                .findFirst();
    }

    private static Cookie cookie(HttpServletRequest request, String value, Duration lifetime) {
        var cookie = new Cookie(Identity.COOKIE, value);
        cookie.setPath("/");
        cookie.setMaxAge((int) lifetime.toSeconds());
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    private static void toPage(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "/");
    }
}
