package io.channelbox.examples.room;

import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.message.Frame;
import java.util.function.Function;

/**
 * JSON, in which what happens in a room, and a private message, look as one kind of client knows them: so all are in the same
 * rooms, and one message reaches all devices of a user, whatever they speak.
 *
 * @param <M> what an inbound frame becomes
 * @param rooms the words for what happens in a room
 * @param mail the words for a private message
 */
record Dialect<M>(
        String format, JsonCodec<M> json, Function<RoomEvent, ?> rooms, Function<PrivateMessage.Received, ?> mail)
        implements Codec<M> {

    static <M> Dialect<M> of(
            String format, Class<M> inbound, Function<RoomEvent, ?> rooms, Function<PrivateMessage.Received, ?> mail) {
        return new Dialect<>(format, JsonCodec.of(inbound), rooms, mail);
    }

    @Override
    public Frame encode(Object payload) {
        return json.encode(inOwnWords(payload));
    }

    private Object inOwnWords(Object payload) {
        if (payload instanceof RoomEvent event) {
            return rooms.apply(event);
        }
        return payload instanceof PrivateMessage.Received message ? mail.apply(message) : payload;
    }

    @Override
    public M decode(Frame frame) {
        return json.decode(frame);
    }
}
