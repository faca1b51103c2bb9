package io.channelbox.examples.typed;

import io.channelbox.channel.ChannelBox;
import io.channelbox.message.UserId;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a room, {@code GET /chat/{room_id}/}. Who is logged in and looks at it becomes a member;
 * {@code POST /chat/{room_id}/leave} ends that.
 */
final class RoomServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9-]+)(/|/leave)?");
    private static final Page PAGE = Page.read("room.html");
    private static final Page NO_ROOM = Page.read("no-room.html");

    private final transient Rooms rooms;
    private final transient ChannelBox box;

    RoomServlet(Rooms rooms, ChannelBox box) {
        this.rooms = rooms;
        this.box = box;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = pathOf(request);
        Optional<String> user = LoginServlet.userOf(request);
        if (path.matches() && path.group(2) == null) {
            response.sendRedirect(request.getRequestURI() + "/");
        } else if (user.isEmpty()) {
            LoginServlet.ask(request, response);
        } else {
            show(roomAt(path), user.get(), response);
        }
    }

    private void show(Optional<Room> found, String user, HttpServletResponse response) throws IOException {
        if (found.isEmpty()) {
            NO_ROOM.answer(response, HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Room room = found.get();
        rooms.addMember(room, user);
        PAGE.with("room_id", room.id())
                .with("room_name", room.name())
                .with("username", user)
                .answer(response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> user = LoginServlet.userOf(request);
        if (user.isPresent()) {
            roomAt(pathOf(request)).ifPresent(room -> leave(room, user.get()));
        }
        response.sendRedirect("/");
    }

    /** First the membership, then the sockets: who comes back in between is refused. */
    private void leave(Room room, String user) {
        rooms.removeMember(room, user);
        box.group(room.group()).kick(new UserId(user));
    }

    private Optional<Room> roomAt(Matcher path) {
        return path.matches() ? rooms.find(path.group(1)) : Optional.empty();
    }

    private static Matcher pathOf(HttpServletRequest request) {
        return PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
    }
}
