package io.channelbox.examples.room;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How servlets answer with something other than a page. Such an answer is about this moment, so nobody may keep it. */
final class Answer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answer() {}

    static void json(HttpServletResponse response, Object value) throws IOException {
        json(response, HttpServletResponse.SC_OK, value);
    }

    static void json(HttpServletResponse response, int status, Object value) throws IOException {
        answer(response, status, "application/json", JSON.writeValueAsString(value));
    }

    static void text(HttpServletResponse response, int status, String text) throws IOException {
        answer(response, status, "text/plain", text);
    }

    private static void answer(HttpServletResponse response, int status, String type, String body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setCharacterEncoding("utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(body);
    }
}
