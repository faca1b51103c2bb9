package io.channelbox.examples.typed;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who somebody is, kept in the session of the container, which the sockets see too. A login for demonstration: it asks for a
 * name and for no password, so anyone can be anyone.
 */
final class LoginServlet extends HttpServlet {

    /** The attribute of the session that says who is logged in. */
    static final String USERNAME = "username";

    private static final long serialVersionUID = 1L;
    private static final Page PAGE = Page.read("login.html");

    /** Returns who is logged in. */
    static Optional<String> userOf(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .map(session -> session.getAttribute(USERNAME))
                .map(String.class::cast);
    }

    /** Sends somebody to the login, and back to where they are now. */
    static void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String here = URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8);
        response.sendRedirect("/login?next=" + here);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/login")) {
            show(request, response, HttpServletResponse.SC_OK, "");
        } else {
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding("utf-8");
        switch (request.getServletPath()) {
            case "/login" -> login(request, response);
            default -> logout(request, response);
        }
    }

    private static void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Username> name = Username.of(given(request, "username"));
        if (name.isEmpty()) {
            String rule =
                    "A name has up to 40 letters and digits, with single spaces, points, hyphens or apostrophes between.";
            show(request, response, HttpServletResponse.SC_BAD_REQUEST, rule);
            return;
        }
        HttpSession session = request.getSession();
        request.changeSessionId(); // so that nobody who knew the old one is logged in too
        session.setAttribute(USERNAME, name.get().value());
        response.sendRedirect(next(request));
    }

    private static void logout(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        response.sendRedirect("/login");
    }

    private static void show(HttpServletRequest request, HttpServletResponse response, int status, String error)
            throws IOException {
        PAGE.with("next", next(request)).with("error", error).answer(response, status);
    }

    /** Returns where to go after the login: a room, or the list of rooms, and nowhere else. */
    private static String next(HttpServletRequest request) {
        String wanted = given(request, "next");
        return wanted.matches("/chat/[A-Za-z0-9-]+/") ? wanted : "/";
    }

    private static String given(HttpServletRequest request, String parameter) {
        return Optional.ofNullable(request.getParameter(parameter)).orElse("");
    }
}
