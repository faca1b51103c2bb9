package io.channelbox.codec;

import io.channelbox.message.PeerException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON frame whose top has been looked at.
 *
 * @param fields what stands at its top
 * @param reader makes the message of it
 */
record OpenedJson<M>(FrameFields fields, Function<FrameFields, M> reader) implements Incoming<M> {

    @Override
    public Optional<String> type() {
        return fields.type();
    }

    @Override
    public Optional<String> ref() {
        return fields.ref();
    }

    @Override
    public Optional<String> topic() {
        return fields.topic();
    }

    @Override
    public Optional<String> idempotencyKey() {
        return fields.idempotencyKey();
    }

    @Override
    public M message() throws PeerException {
        return reader.apply(fields);
    }
}
