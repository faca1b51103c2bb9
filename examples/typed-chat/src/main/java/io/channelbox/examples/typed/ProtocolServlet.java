package io.channelbox.examples.typed;

import io.channelbox.asyncapi.AsyncApi;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What can be said on the sockets, for programs, {@code GET /asyncapi.json} or {@code .yaml}, and for people, {@code GET /asyncapi}. */
final class ProtocolServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final String json;
    private final String yaml;
    private final String html;

    ProtocolServlet(AsyncApi protocol) {
        json = protocol.toJson();
        yaml = protocol.toYaml();
        html = protocol.toHtml();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setCharacterEncoding("utf-8");
        if (request.getServletPath().endsWith(".json")) {
            response.setContentType("application/json");
            response.getWriter().print(json);
        } else if (request.getServletPath().endsWith(".yaml")) {
            response.setContentType("application/yaml");
            response.getWriter().print(yaml);
        } else {
            response.setContentType("text/html");
            response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
            response.getWriter().print(html);
        }
    }
}
