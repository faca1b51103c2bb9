package io.channelbox.consumer;

import io.channelbox.auth.AuthResult;
import io.channelbox.message.TypeName;
import java.util.Objects;

/**
 * Tells a peer what came of its handshake, in the words of HTTP: with the payload in a field of its own and names in snake case it is
 * {@code {"action":"authentication","payload":{"status_code":200,"status_text":"OK","data":{"detail":"OK"}}}}. See
 * {@link ConsumerOptions#tellingOfAuthentication()}.
 *
 * @param statusCode 200, or the status the refusal would have had as an HTTP answer
 * @param statusText its name
 * @param data more about it
 */
@TypeName("authentication")
public record AuthenticationReply(int statusCode, String statusText, Data data) {

    /**
     * More about a status.
     *
     * @param detail for people
     */
    public record Data(String detail) {

        /** Refuses missing parts. */
        public Data {
            Objects.requireNonNull(detail, "detail");
        }
    }

    /** Refuses missing parts. */
    public AuthenticationReply {
        Objects.requireNonNull(statusText, "statusText");
        Objects.requireNonNull(data, "data");
    }

    /** Returns the reply that tells this result. */
    public static AuthenticationReply to(AuthResult result) {
        if (result instanceof AuthResult.Rejected rejected) {
            int status = rejected.reason().httpStatus();
            return new AuthenticationReply(status, nameOf(status), new Data(rejected.text()));
        }
        return new AuthenticationReply(200, nameOf(200), new Data(nameOf(200)));
    }

    private static String nameOf(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            default -> "Internal Server Error";
        };
    }

    /** Returns the reply as one line, which is how a text codec writes it. */
    @Override
    public String toString() {
        return "authentication: " + statusCode + " " + data.detail();
    }
}
