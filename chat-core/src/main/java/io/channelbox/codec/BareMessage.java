package io.channelbox.codec;

import java.util.Optional;

/** A message that nothing surrounds. */
record BareMessage<M>(M message) implements Incoming<M> {

    @Override
    public Optional<String> type() {
        return Optional.empty();
    }

    @Override
    public Optional<String> ref() {
        return Optional.empty();
    }

    @Override
    public Optional<String> topic() {
        return Optional.empty();
    }
}
