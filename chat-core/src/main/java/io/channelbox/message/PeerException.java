package io.channelbox.message;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The peer did something wrong. It is told the code and the text, so neither may hold a secret, and its channel lives on.
 * Codes are part of an application's protocol: short, lower case, never reworded.
 */
public class PeerException extends RuntimeException {

    /** The frame could not be read at all. */
    public static final String MALFORMED = "malformed";

    /** The frame was read, but a value in it is missing or wrong. */
    public static final String INVALID = "invalid";

    /** The frame was read, but does not say of which type it is. */
    public static final String MISSING_TYPE = "missing_type";

    /** The frame was read, but nothing here answers to messages of that type. */
    public static final String UNKNOWN_TYPE = "unknown_type";

    /** The peer's credential does not hold. */
    public static final String NOT_AUTHENTICATED = "not_authenticated";

    /** The peer's user may not do that. */
    public static final String NOT_ALLOWED = "not_allowed";

    /** The peer did that too often. */
    public static final String RATE_LIMITED = "rate_limited";

    /** What the peer says is larger than what is passed on. The same again is refused again. */
    public static final String TOO_LARGE = "too_large";

    /** What is needed cannot be reached at the moment: a store, most often. The same again may well succeed. */
    public static final String UNAVAILABLE = "unavailable";

    /** It was the application that failed, and the peer is told no more. */
    public static final String FAILED = "failed";

    /** The peer's channel is in as many groups as one may be in. */
    public static final String TOO_MANY_GROUPS = "too_many_groups";

    /** Nobody may speak in the group. */
    public static final String FROZEN = "frozen";

    /** The peer's user may not speak in the group. */
    public static final String MUTED = "muted";

    /** The peer's user may not speak in the group yet. */
    public static final String SLOW_MODE = "slow_mode";

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Problem> problems;
    private final @Nullable Duration retryAfter;

    /** Makes an exception with a stable code and a text for people. */
    public PeerException(String code, String text) {
        this(code, text, List.of(), null, null);
    }

    /** Makes an exception with a cause, which is for the log and never told to the peer. */
    public PeerException(String code, String text, @Nullable Throwable cause) {
        this(code, text, List.of(), null, cause);
    }

    /** Makes an exception that tells where the mistakes are. */
    public PeerException(String code, String text, List<Problem> problems) {
        this(code, text, problems, null, null);
    }

    /** Makes an exception that tells how long to wait before trying again. */
    public PeerException(String code, String text, Duration retryAfter) {
        this(code, text, List.of(), Objects.requireNonNull(retryAfter, "retryAfter"), null);
    }

    private PeerException(
            String code,
            String text,
            List<Problem> problems,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(Objects.requireNonNull(text, "text"), cause, false, false);
        this.code = Objects.requireNonNull(code, "code");
        this.problems = List.copyOf(problems);
        this.retryAfter = retryAfter;
    }

    /** Returns an exception for a value that is missing or wrong. */
    public static PeerException invalid(String text) {
        return new PeerException(INVALID, text);
    }

    /** Returns an exception for values that are missing or wrong. */
    public static PeerException invalid(List<Problem> problems) {
        String text = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        return new PeerException(INVALID, text, problems);
    }

    /**
     * Returns the same refusal of something that is a part of what is at this path. One that has told no place is about the
     * whole of it. A subclass, which knows its own places, stays as it is.
     */
    public PeerException within(String path) {
        if (getClass() != PeerException.class) {
            return this;
        }
        List<Problem> places = problems().isEmpty() ? List.of(new Problem("", text())) : problems();
        return new PeerException(
                code, text(), places.stream().map(place -> place.within(path)).toList(), retryAfter, getCause());
    }

    /** Returns the stable code. */
    public String code() {
        return code;
    }

    /** Returns the text for people. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }

    /** Returns where the mistakes are, as far as they have a place. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /** Returns how long the peer should wait before it tries again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
