package io.channelbox.consumer;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelInterceptor;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers heartbeats that a JSON application's clients send themselves, because a browser's page can neither send nor see a
 * ping: {@code {"type":"heartbeat"}} touches the channel and is answered {@code {"type":"heartbeat_ack"}}. The consumer sees
 * nothing of it. Give it to the box's builder: {@code intercept(JsonHeartbeat.typed("heartbeat", "heartbeat_ack"))}.
 */
public final class JsonHeartbeat implements ChannelInterceptor {

    private static final int LARGEST = 256;

    private final JsonCodec<Object> codec = JsonCodec.of(Object.class);
    private final String discriminator;
    private final String question;
    private final Frame answer;

    private JsonHeartbeat(JsonStyle style, String question, String answer) {
        this.discriminator = style.discriminator();
        this.question = Objects.requireNonNull(question, "question");
        Map<String, Object> pong = new LinkedHashMap<>();
        pong.put(discriminator, Objects.requireNonNull(answer, "answer"));
        style.payloadField().ifPresent(field -> pong.put(field, null));
        this.answer = codec.encode(pong);
    }

    /** Returns the interceptor for a message of this {@code type}, answered by one of that {@code type}. */
    public static JsonHeartbeat typed(String question, String answer) {
        return in(JsonStyle.DEFAULT, question, answer);
    }

    /** Returns the interceptor for clients whose messages look like this: {@code {"action":"ping","payload":null}}, say. */
    public static JsonHeartbeat in(JsonStyle style, String question, String answer) {
        return new JsonHeartbeat(style, question, answer);
    }

    @Override
    public Optional<Frame> onInbound(Channel channel, Frame frame) {
        if (!isQuestion(frame)) {
            return Optional.of(frame);
        }
        channel.touch();
        channel.send(answer);
        return Optional.empty();
    }

    private boolean isQuestion(Frame frame) {
        if (frame.size() > LARGEST
                || !(frame instanceof TextFrame text)
                || !text.text().contains(question)) {
            return false;
        }
        try {
            return codec.decode(frame) instanceof Map<?, ?> object && question.equals(object.get(discriminator));
        } catch (PeerException malformed) { // the consumer's to answer
            return false;
        }
    }
}
