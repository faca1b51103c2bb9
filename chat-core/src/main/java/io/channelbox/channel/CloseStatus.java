package io.channelbox.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.message.Times;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a connection ends: a WebSocket close code (RFC 6455, section 7.4) and a text. The library's own codes tell a client
 * whether coming back makes sense, see {@link #invitesBack()}.
 */
public record CloseStatus(int code, String reason) {

    /** 1000: done, nothing was wrong. */
    public static final CloseStatus NORMAL = new CloseStatus(1000, "");

    /** 1001: the server is going away; come back. */
    public static final CloseStatus GOING_AWAY = new CloseStatus(1001, "going away");

    /** 1003: a frame of a kind that is not read here. */
    public static final CloseStatus UNSUPPORTED = new CloseStatus(1003, "unsupported frame");

    /** 1005: the peer closed without saying why. Never sent. */
    public static final CloseStatus NO_STATUS = new CloseStatus(1005, "");

    /** 1006: the connection broke. Never sent. */
    public static final CloseStatus ABNORMAL = new CloseStatus(1006, "connection lost");

    /** 1008: against the rules of this server. */
    public static final CloseStatus POLICY = new CloseStatus(1008, "policy violation");

    /** 1009: a message larger than is read here. */
    public static final CloseStatus TOO_BIG = new CloseStatus(1009, "message too big");

    /** 1011: something failed here. */
    public static final CloseStatus SERVER_ERROR = new CloseStatus(1011, "server error");

    /** 1013: too much to do here; come back later. */
    public static final CloseStatus OVERLOAD = new CloseStatus(1013, "try again later");

    /** 4400: one unreadable frame after the other. */
    public static final CloseStatus MALFORMED = new CloseStatus(4400, "too many malformed frames");

    /** 4401: not authenticated. */
    public static final CloseStatus NOT_AUTHENTICATED = new CloseStatus(4401, "not authenticated");

    /** 4403: not allowed. */
    public static final CloseStatus FORBIDDEN = new CloseStatus(4403, "forbidden");

    /** 4404: no such thing. */
    public static final CloseStatus NOT_FOUND = new CloseStatus(4404, "not found");

    /** 4408: the peer stopped answering pings; come back. */
    public static final CloseStatus DEAD_PEER = new CloseStatus(4408, "no sign of life");

    /** 4409: another connection or user has taken the place. */
    public static final CloseStatus REPLACED = new CloseStatus(4409, "replaced");

    /** 4410: nothing happened on the connection for as long as it may live without. */
    public static final CloseStatus EXPIRED = new CloseStatus(4410, "idle for too long");

    /** 4413: too much was waiting for the peer, which read too slowly; come back and catch up. */
    public static final CloseStatus TOO_SLOW = new CloseStatus(4413, "reading too slowly");

    /** 4429: too often or too many; come back later. */
    public static final CloseStatus RATE_LIMITED = new CloseStatus(4429, "too many requests");

    private static final int LONGEST_REASON = 123;
    private static final Duration LONGEST_ADVICE = Duration.ofDays(1);
    private static final Pattern ADVICE = Pattern.compile("(?:^|; )retry in (\\d{1,8}) ms$");

    /** Refuses codes outside 1000 to 4999, and shortens the reason to the 123 UTF-8 bytes a close frame has room for. */
    public CloseStatus {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("a close code must be 1000 to 4999, was " + code);
        }
        reason = shortened(Objects.requireNonNull(reason, "reason"), LONGEST_REASON);
    }

    /** Returns the same code with another reason. */
    public CloseStatus because(String text) {
        return new CloseStatus(code, text);
    }

    /**
     * Returns the same code with advice at the end of its reason: {@code going away; retry in 2300 ms}. A client that comes back
     * comes after that time. A long reason is shortened to make room; advice that is there already is replaced.
     *
     * @throws IllegalArgumentException when the time is negative, or longer than a day
     */
    public CloseStatus retryIn(Duration time) {
        if (Times.notNegative("time", time).compareTo(LONGEST_ADVICE) > 0) {
            throw new IllegalArgumentException("nobody waits for longer than a day, was " + time);
        }
        String advice = "retry in " + time.toMillis() + " ms";
        String why = ADVICE.matcher(reason).replaceFirst("");
        return because(why.isEmpty() ? advice : shortened(why, LONGEST_REASON - advice.length() - 2) + "; " + advice);
    }

    /** Returns the time after which a client should come back, where the reason tells it as {@link #retryIn} does. */
    public Optional<Duration> retryAfter() {
        Matcher advice = ADVICE.matcher(reason);
        return advice.find() ? Optional.of(Duration.ofMillis(Long.parseLong(advice.group(1)))) : Optional.empty();
    }

    /** Tells whether the code may stand in a close frame. The others only report what happened. */
    public boolean isSendable() {
        return switch (code) {
            case 1004, 1005, 1006, 1015 -> false;
            default -> code < 1016 || code >= 3000;
        };
    }

    /** Tells whether a client that was closed with this code should connect again by itself. */
    public boolean invitesBack() {
        return switch (code) {
            case 1001, 1005, 1006, 1011, 1012, 1013, 4408, 4413, 4429 -> true;
            default -> false;
        };
    }

    private static String shortened(String reason, int bytes) {
        if (reason.getBytes(UTF_8).length <= bytes) {
            return reason;
        }
        int end = Math.min(reason.length(), bytes);
        while (reason.substring(0, end).getBytes(UTF_8).length > bytes
                || Character.isHighSurrogate(reason.charAt(end - 1))) {
            end--;
        }
        return reason.substring(0, end);
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? Integer.toString(code) : code + " " + reason;
    }
}
