package io.channelbox.asyncapi;

import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.TopicError;
import io.channelbox.message.PeerException;
import java.util.List;

/** The codes that a peer may be told, and what they mean to it. */
final class Codes {

    /** A code of an error message. */
    record ErrorCode(String code, String meaning) {}

    /** A code of a close frame. */
    record CloseCode(int code, String meaning, boolean connectAgain) {}

    static final List<ErrorCode> ERRORS = List.of(
            new ErrorCode(PeerException.MALFORMED, "the frame cannot be read at all"),
            new ErrorCode(
                    PeerException.INVALID,
                    "a value is missing, unknown or of another type; each is named by the path to it"),
            new ErrorCode(PeerException.MISSING_TYPE, "the frame does not say of which type it is"),
            new ErrorCode(PeerException.UNKNOWN_TYPE, "nothing answers to messages of that type"),
            new ErrorCode(PeerException.NOT_AUTHENTICATED, "your credential does not hold"),
            new ErrorCode(PeerException.NOT_ALLOWED, "your user may not do that"),
            new ErrorCode(PeerException.RATE_LIMITED, "too often; the error says how long to wait"),
            new ErrorCode(PeerException.TOO_MANY_GROUPS, "the connection is in as many groups as one may be in"),
            new ErrorCode(PeerException.FROZEN, "nobody may speak in this group now"),
            new ErrorCode(PeerException.MUTED, "your user may not speak in this group now"),
            new ErrorCode(
                    PeerException.SLOW_MODE,
                    "your user may not speak in this group yet; the error says how long to wait"),
            new ErrorCode(PeerException.UNAVAILABLE, "not now; the error says how long to wait"),
            new ErrorCode(PeerException.TOO_LARGE, "the message is larger than what is passed on"),
            new ErrorCode(PeerException.FAILED, "the server failed at it"));

    static final List<ErrorCode> TOPIC_ERRORS = List.of(
            new ErrorCode(TopicError.UNKNOWN_TOPIC, "there is no such topic"),
            new ErrorCode(TopicError.UNAUTHORIZED, "your user may not do that in this topic"),
            new ErrorCode(TopicError.NOT_SUBSCRIBED, "subscribe to the topic first"),
            new ErrorCode(TopicError.TOO_MANY_TOPICS, "the connection is subscribed to as many topics as it may be"));

    static final List<CloseCode> CLOSES = List.of(
            library(CloseStatus.NORMAL, "done, nothing was wrong"),
            library(CloseStatus.GOING_AWAY, "the server is going away"),
            new CloseCode(1002, "the frames break the WebSocket protocol", false),
            library(
                    CloseStatus.UNSUPPORTED,
                    "a text frame where only binary ones are read, or the other way round; a frame that cannot be read,"
                            + " where an endpoint is strict"),
            new CloseCode(1007, "a text frame that is not UTF-8", false),
            library(CloseStatus.POLICY, "against the rules of this server"),
            library(CloseStatus.TOO_BIG, "a message larger than the endpoint reads"),
            library(CloseStatus.SERVER_ERROR, "the server failed"),
            library(CloseStatus.OVERLOAD, "more was sent than the server works off"),
            library(CloseStatus.MALFORMED, "more unreadable frames in a row than are answered"),
            library(CloseStatus.NOT_AUTHENTICATED, "no credential, or one that does not hold"),
            library(CloseStatus.FORBIDDEN, "your user may not connect or stay, or the page is of another origin"),
            library(CloseStatus.NOT_FOUND, "there is nothing at that path"),
            library(CloseStatus.DEAD_PEER, "no answer to a ping"),
            library(CloseStatus.REPLACED, "somebody else has the place"),
            library(CloseStatus.EXPIRED, "nothing happened on the connection for too long"),
            library(CloseStatus.TOO_SLOW, "too much was waiting to be read"),
            library(CloseStatus.RATE_LIMITED, "too often or too many"));

    private Codes() {}

    private static CloseCode library(CloseStatus status, String meaning) {
        return new CloseCode(status.code(), meaning, status.invitesBack());
    }
}
