package io.channelbox.examples.typed;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The list of all rooms, {@code GET /}, and a new one, {@code POST /rooms}. For those who are logged in. */
final class RoomsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 60;
    private static final Page PAGE = Page.read("rooms.html");

    private final transient Rooms rooms;

    RoomsServlet(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/rooms")) {
            response.sendRedirect("/");
            return;
        }
        Optional<String> user = LoginServlet.userOf(request);
        if (user.isPresent()) {
            show(response, HttpServletResponse.SC_OK, user.get(), "");
        } else {
            LoginServlet.ask(request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding("utf-8");
        Optional<String> user = LoginServlet.userOf(request);
        if (user.isEmpty()) {
            LoginServlet.ask(request, response);
            return;
        }
        String name =
                Optional.ofNullable(request.getParameter("name")).orElse("").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            String rule = "A room's name has 1 to " + LONGEST_NAME + " characters.";
            show(response, HttpServletResponse.SC_BAD_REQUEST, user.get(), rule);
            return;
        }
        response.sendRedirect(path(rooms.create(name)));
    }

    private void show(HttpServletResponse response, int status, String user, String error) throws IOException {
        PAGE.with("username", user)
                .with("error", error)
                .withHtml("rooms", rooms.all().stream().map(RoomsServlet::item).collect(Collectors.joining()))
                .answer(response, status);
    }

    private static String item(Room room) {
        return "<li><a href=\"" + path(room) + "\">" + Page.escaped(room.name()) + "</a></li>";
    }

    private static String path(Room room) {
        return "/chat/" + room.id() + "/";
    }
}
