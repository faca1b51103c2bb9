package io.channelbox.examples.room;

import io.channelbox.broker.Cluster;
import io.channelbox.channel.ChannelBox;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /health}: that the program is up, and how many are in it; 503 when it is not to be given new connections, as it stops or
 * cannot reach the other programs. It asks nobody.
 */
final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private record Health(String status, int channels, int groups) {}

    private record Trouble(String status, String detail) {}

    private final transient ChannelBox box;

    HealthServlet(ChannelBox box) {
        this.box = box;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> trouble = trouble();
        if (trouble.isPresent()) {
            Answer.json(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, new Trouble("degraded", trouble.get()));
        } else {
            Answer.json(
                    response,
                    new Health("up", box.channels().size(), box.groups().size()));
        }
    }

    private Optional<String> trouble() {
        if (box.isClosed()) {
            return Optional.of("it stops");
        }
        return box.cluster()
                .map(Cluster::health)
                .filter(health -> !health.healthy())
                .map(Cluster.Health::detail);
    }
}
