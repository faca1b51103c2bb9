package io.channelbox.examples.typed;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** What pages are made of: these files, and no others. */
final class FilesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Map<String, String> TYPES = Map.of(
            "/room.js", "text/javascript;charset=utf-8",
            "/style.css", "text/css;charset=utf-8",
            "/icon.svg", "image/svg+xml");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String file = String.valueOf(request.getPathInfo());
        String type = TYPES.get(file);
        if (type == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-cache");
        try (InputStream content = Objects.requireNonNull(getClass().getResourceAsStream("/page" + file), file)) {
            content.transferTo(response.getOutputStream());
        }
    }
}
