package io.channelbox.examples.typed;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A page, in which values are put in place of their names: {@code <title>{{room_name}}</title>}. Whatever users have written
 * is escaped here, and nowhere else.
 */
record Page(String html) {

    /** Reads a page that is part of the program. */
    static Page read(String file) {
        try (InputStream page = Objects.requireNonNull(Page.class.getResourceAsStream("/page/" + file), file)) {
            return new Page(new String(page.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** Returns the page with a text in this place. */
    Page with(String name, String text) {
        return withHtml(name, escaped(text));
    }

    /** Returns the page with a part of a page in this place. */
    Page withHtml(String name, String part) {
        return new Page(html.replace("{{" + name + "}}", part));
    }

    /** Returns a text as it can stand in an element, and in an attribute between quotes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("{", "&#123;"); // so that no text is taken for the name of another value
    }

    void answer(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(html);
    }

    void answer(HttpServletResponse response) throws IOException {
        answer(response, HttpServletResponse.SC_OK);
    }
}
