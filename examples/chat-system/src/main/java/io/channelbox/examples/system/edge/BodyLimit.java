package io.channelbox.examples.system.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are too large: at once where their length is told, otherwise as soon as they are longer. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public class BodyLimit extends OncePerRequestFilter {

    /** Said of a body that is too large. */
    public static final String TOO_LARGE = "Content Too Large";

    private static final DataSize LARGEST = DataSize.ofKilobytes(64);
    private static final Pattern UPLOADS = Pattern.compile("/api/v1/chat/conversations/[^/]+/uploads/?");

    private final DataSize largestUpload;

    /** Lets uploads of this size through; everything else is much smaller. */
    public BodyLimit(DataSize largestUpload) {
        this.largestUpload = largestUpload;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long largest = largest(request);
        long told = request.getContentLengthLong();
        if (told > largest) {
            PlainRefusal.send(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, TOO_LARGE);
            return;
        }
        chain.doFilter(told < 0 ? new LimitedRequest(request, largest) : request, response);
    }

    private long largest(HttpServletRequest request) {
        boolean upload = UPLOADS.matcher(request.getServletPath()).matches();
        return (upload ? largestUpload : LARGEST).toBytes();
    }
}
