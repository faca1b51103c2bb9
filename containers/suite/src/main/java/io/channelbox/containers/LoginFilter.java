package io.channelbox.containers;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** Whom an application has in front: it keeps names in sessions and vouches for principals. */
final class LoginFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getRequestURI().endsWith("/login")) {
            request.getSession().setAttribute("name", request.getParameter("name"));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(new Vouched(request), response);
        }
    }

    private static final class Vouched extends HttpServletRequestWrapper {

        Vouched(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            String name = getHeader("X-Principal");
            return name == null ? super.getUserPrincipal() : () -> name;
        }
    }
}
