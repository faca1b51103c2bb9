package io.channelbox.examples.system.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A refusal in the shape that the original clients know, where no controller writes it. */
public final class PlainRefusal {

    private PlainRefusal() {}

    /** Answers with a text of ours, which has nothing in it to escape. */
    public static void send(HttpServletResponse response, int status, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(("{\"detail\":\"" + detail + "\"}").getBytes(UTF_8));
    }
}
