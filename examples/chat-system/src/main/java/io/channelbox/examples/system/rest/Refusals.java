package io.channelbox.examples.system.rest;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.Conversations;
import io.channelbox.examples.system.edge.BodyLimit;
import io.channelbox.examples.system.edge.BodyTooLargeException;
import io.channelbox.message.PeerException;
import io.channelbox.message.StoreException;
import java.util.List;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What is wrong with a request, in the shapes that the original clients know. */
@RestControllerAdvice
class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    /** One thing that is wrong with what was sent. */
    record Mistake(List<String> loc, String msg, String type) {}

    /** The body of a refusal: a text, or {@link Mistake}s. */
    record Refusal(Object detail) {}

    @ExceptionHandler
    ResponseEntity<Refusal> notAllowed(NotAllowedException e) {
        return refusal(HttpStatus.FORBIDDEN, "Not a participant, or not allowed");
    }

    @ExceptionHandler
    ResponseEntity<Refusal> notFound(NotFoundException e) {
        return refusal(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Refusal> noSuchPage(NoResourceFoundException e) {
        return refusal(HttpStatus.NOT_FOUND, "Not Found");
    }

    @ExceptionHandler
    ResponseEntity<Refusal> mistake(PeerException e) {
        return switch (e.code()) {
            case PeerException.INVALID -> invalid(e);
            case Conversations.FILTERED ->
                unprocessable(List.of(new Mistake(List.of("body", "content"), e.text(), "filtered")));
            case Conversations.SLOW_MODE, PeerException.RATE_LIMITED -> tooEarly(e);
            case Conversations.ARCHIVED, Conversations.OWNER, Conversations.FULL ->
                refusal(HttpStatus.CONFLICT, e.text());
            case PeerException.UNAVAILABLE -> refusal(HttpStatus.SERVICE_UNAVAILABLE, e.text());
            case PeerException.NOT_AUTHENTICATED -> refusal(HttpStatus.UNAUTHORIZED, e.text());
            default -> refusal(HttpStatus.FORBIDDEN, e.text());
        };
    }

    private static ResponseEntity<Refusal> tooEarly(PeerException e) {
        long seconds =
                e.retryAfter().map(wait -> wait.plusMillis(999).toSeconds()).orElse(1L);
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .body(new Refusal(e.text()));
    }

    private static ResponseEntity<Refusal> invalid(PeerException e) {
        if (e.problems().isEmpty()) {
            return unprocessable(List.of(new Mistake(List.of("body"), e.text(), "value_error")));
        }
        return unprocessable(e.problems().stream()
                .map(problem -> new Mistake(
                        Places.of(problem.path()),
                        problem.text(),
                        problem.text().equals(Asked.MISSING) ? "missing" : "value_error"))
                .toList());
    }

    @ExceptionHandler
    ResponseEntity<Refusal> unreadable(HttpMessageNotReadableException e) {
        if (e.getRootCause() instanceof BodyTooLargeException) {
            return refusal(HttpStatus.CONTENT_TOO_LARGE, BodyLimit.TOO_LARGE);
        }
        if (e.getCause() instanceof MismatchedInputException wrong
                && !wrong.getPath().isEmpty()) {
            return unprocessable(List.of(new Mistake(Places.of(wrong), "Has a wrong type", "type_error")));
        }
        return unprocessable(List.of(new Mistake(List.of("body"), "The body could not be read", "json_invalid")));
    }

    @ExceptionHandler
    ResponseEntity<Refusal> tooLarge(BodyTooLargeException e) {
        return refusal(HttpStatus.CONTENT_TOO_LARGE, BodyLimit.TOO_LARGE);
    }

    /** Who broke off may hear it or not. */
    @ExceptionHandler({BadRequestException.class, AsyncRequestNotUsableException.class})
    ResponseEntity<Refusal> brokenOff(Exception e) {
        log.debug("A client broke off", e);
        return refusal(HttpStatus.BAD_REQUEST, "The body ended early");
    }

    @ExceptionHandler
    ResponseEntity<Refusal> unreadable(InvalidParameterException e) {
        return unprocessable(List.of(new Mistake(List.of("query"), "must be UTF-8", "value_error")));
    }

    @ExceptionHandler
    ResponseEntity<Refusal> wrongParameter(MethodArgumentTypeMismatchException e) {
        return unprocessable(List.of(
                new Mistake(List.of(isInPath(e) ? "path" : "query", e.getName()), "Has a wrong type", "type_error")));
    }

    private static boolean isInPath(MethodArgumentTypeMismatchException e) {
        return e.getParameter().hasParameterAnnotation(PathVariable.class);
    }

    @ExceptionHandler
    ResponseEntity<Refusal> missingParameter(MissingServletRequestParameterException e) {
        return unprocessable(List.of(new Mistake(List.of("query", e.getParameterName()), "Field required", "missing")));
    }

    @ExceptionHandler
    ResponseEntity<Refusal> wrongMethod(HttpRequestMethodNotSupportedException e) {
        return refusal(HttpStatus.METHOD_NOT_ALLOWED, "Method Not Allowed");
    }

    @ExceptionHandler
    ResponseEntity<Refusal> wrongMediaType(HttpMediaTypeNotSupportedException e) {
        return refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type");
    }

    @ExceptionHandler
    ResponseEntity<Refusal> unavailable(StoreException e) {
        log.warn("The store failed for a request", e);
        return refusal(HttpStatus.SERVICE_UNAVAILABLE, "Try again");
    }

    /** What went wrong is for the log; who asked is not told. */
    @ExceptionHandler
    ResponseEntity<Refusal> ours(Exception e) {
        log.error("A request failed", e);
        return refusal(HttpStatus.INTERNAL_SERVER_ERROR, "Internal Server Error");
    }

    private static ResponseEntity<Refusal> unprocessable(List<Mistake> mistakes) {
        return refusal(HttpStatus.UNPROCESSABLE_CONTENT, mistakes);
    }

    private static ResponseEntity<Refusal> refusal(HttpStatus status, Object detail) {
        return ResponseEntity.status(status).body(new Refusal(detail));
    }
}
