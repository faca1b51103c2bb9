package io.channelbox.examples.room;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** What browsers are told so that a page of ours does only what it is made for, and pages of others nothing in our name. */
final class PageSecurity extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String OUR_PARTS_ONLY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", OUR_PARTS_ONLY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin"); // without one, forms would come from nowhere
        if (request.getMethod().equals("POST") && isOfAnotherSite(request)) {
            Answer.text(response, HttpServletResponse.SC_FORBIDDEN, "This came from a page of another site.");
            return;
        }
        chain.doFilter(request, response);
    }

    /** Browsers say where a POST comes from; programs that are no browsers need not. */
    private static boolean isOfAnotherSite(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin != null && !authorityOf(origin).equalsIgnoreCase(request.getHeader("Host"));
    }

    private static String authorityOf(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
