package io.channelbox.examples.room;

import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.message.Frame;
import java.util.function.Function;

/**
 * JSON, in which a private message looks as one kind of client knows it: so one message reaches all devices of a user, whatever
 * they speak.
 *
 * @param <M> what an inbound frame becomes
 */
record Dialect<M>(String format, JsonCodec<M> json, Function<PrivateMessage, Object> privately) implements Codec<M> {

    static <M> Dialect<M> of(String format, Class<M> inbound, Function<PrivateMessage, Object> privately) {
        return new Dialect<>(format, JsonCodec.of(inbound), privately);
    }

    @Override
    public Frame encode(Object payload) {
        return json.encode(payload instanceof PrivateMessage message ? privately.apply(message) : payload);
    }

    @Override
    public M decode(Frame frame) {
        return json.decode(frame);
    }
}
