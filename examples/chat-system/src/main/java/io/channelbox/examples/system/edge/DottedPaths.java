package io.channelbox.examples.system.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds nothing at paths with dots for a part: the server takes them for another path than those who look for a controller do, and so would filters. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class DottedPaths extends OncePerRequestFilter {

    private static final Pattern DOTS = Pattern.compile("/(\\.|%2e){1,2}(/|;|%2f|$)", Pattern.CASE_INSENSITIVE);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (DOTS.matcher(request.getRequestURI()).find()) {
            PlainRefusal.send(response, HttpServletResponse.SC_NOT_FOUND, "Not Found");
            return;
        }
        chain.doFilter(request, response);
    }
}
