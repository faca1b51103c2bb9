package io.channelbox.examples.room;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** The page and its parts: these files, and no others. */
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    // What a container that looks into jars serves by itself.
    private static final String CLIENT = "/channelbox/channelbox.js";

    private static final Map<String, String> TYPES = Map.of(
            "/index.html",
            "text/html;charset=utf-8",
            "/app.js",
            "text/javascript;charset=utf-8",
            "/state.js",
            "text/javascript;charset=utf-8",
            "/view.js",
            "text/javascript;charset=utf-8",
            CLIENT,
            "text/javascript;charset=utf-8",
            "/style.css",
            "text/css;charset=utf-8",
            "/icon.svg",
            "image/svg+xml");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String file = request.getServletPath().equals("/") ? "/index.html" : request.getServletPath();
        String type = TYPES.get(file);
        if (type == null) {
            Answer.text(response, HttpServletResponse.SC_NOT_FOUND, "There is nothing here.");
            return;
        }
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-cache");
        String resource = (file.equals(CLIENT) ? "/META-INF/resources" : "/page") + file;
        try (InputStream page = Objects.requireNonNull(getClass().getResourceAsStream(resource), file)) {
            page.transferTo(response.getOutputStream());
        }
    }
}
