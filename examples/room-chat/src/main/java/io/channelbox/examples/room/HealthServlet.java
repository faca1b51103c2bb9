package io.channelbox.examples.room;

import io.channelbox.channel.ChannelBox;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /health}: that the program is up, and how many are in it. */
final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private record Health(String status, int channels, int groups) {}

    private final transient ChannelBox box;

    HealthServlet(ChannelBox box) {
        this.box = box;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer.json(
                response, new Health("up", box.channels().size(), box.groups().size()));
    }
}
