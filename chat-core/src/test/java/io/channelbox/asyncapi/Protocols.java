package io.channelbox.asyncapi;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.channelbox.auth.PathTemplate;
import io.channelbox.channel.Channel;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerDescription;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.EndpointDescription;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Endpoints of every sort, to be described. */
final class Protocols {

    static final JsonStyle SNAKE =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    private Protocols() {}

    sealed interface ClientMessage {}

    @TypeName("say")
    @JsonClassDescription("Says something to the room.")
    record Say(
            @JsonPropertyDescription("At most 4,000 characters.")
            String text,

            Optional<String> replyTo) implements ClientMessage {}

    @TypeName("ping")
    record Ping() implements ClientMessage {}

    sealed interface ServerMessage {}

    @TypeName("said")
    record Said(UserId author, String text, Instant sentAt, List<Attachment> attachments) implements ServerMessage {}

    @TypeName("pong")
    record Pong() implements ServerMessage {}

    record Attachment(String fileName, long size, Optional<Attachment> thumbnail) {}

    static class RoomConsumer extends TypedConsumer<ClientMessage> {
        @Override
        protected void handlers(Handlers<ClientMessage> on) {
            on.on(Say.class, say -> {}).answer(Ping.class, ping -> new Pong()).sends(ServerMessage.class);
        }
    }

    static final class SnakeConsumer extends RoomConsumer {
        @Override
        protected Codec<ClientMessage> codec() {
            return TypedJsonCodec.of(ClientMessage.class, SNAKE.refusingUnknown());
        }

        @Override
        protected Oops errorReply(PeerException mistake) {
            return new Oops(mistake.code());
        }
    }

    @TypeName("oops")
    record Oops(String errorCode) {}

    static final class RoomTopic extends Topic<ClientMessage> {
        @Override
        protected void handlers(Handlers<ClientMessage> on) {
            on.on(ClientMessage.class, say -> {}).sends(Said.class);
        }
    }

    static final class EchoConsumer extends ChannelConsumer<String> {
        @Override
        protected void onReceive(Channel me, String text) {}
    }

    static final class BytesConsumer extends ChannelConsumer<byte[]> {
        @Override
        protected void onReceive(Channel me, byte[] bytes) {}
    }

    static final class FrameConsumer extends ChannelConsumer<Frame> {
        @Override
        protected void onReceive(Channel me, Frame frame) {}
    }

    static final class MapConsumer extends ChannelConsumer<Map<String, Attachment>> {
        @Override
        protected void onReceive(Channel me, Map<String, Attachment> object) {}

        @Override
        protected Object errorReply(PeerException mistake) {
            return List.of(mistake.code());
        }
    }

    static Topics topics() {
        return Topics.in(SNAKE).topic("room:{id}", RoomTopic::new).topic("news", RoomTopic::new);
    }

    static EndpointDescription room() {
        return at("/ws/chat/{room_id}", ConsumerOptions.DEFAULT, RoomConsumer::new);
    }

    static EndpointDescription hub() {
        return at("/ws/topics", ConsumerOptions.DEFAULT, topics().hub());
    }

    static List<EndpointDescription> all() {
        ConsumerOptions strict = ConsumerOptions.DEFAULT
                .closingOnMalformed()
                .answeringOnFailure()
                .tellingOfAuthentication()
                .tellingOfCompletion()
                .expiringAfter(Duration.ofMinutes(30));
        return List.of(
                room(),
                at("/ws/snake", strict, SnakeConsumer::new),
                hub(),
                at("/ws/topics/room/{id}", strict, topics().only("room:{id}")),
                at("/", ConsumerOptions.DEFAULT, EchoConsumer::new),
                at("/ws/bytes", ConsumerOptions.DEFAULT, BytesConsumer::new),
                at("/ws/frames/", ConsumerOptions.DEFAULT, FrameConsumer::new),
                at("/ws/frames", ConsumerOptions.DEFAULT, MapConsumer::new));
    }

    static EndpointDescription at(
            String path, ConsumerOptions options, Supplier<? extends ChannelConsumer<?>> factory) {
        return new EndpointDescription(new PathTemplate(path), options, ConsumerDescription.of(factory));
    }
}
