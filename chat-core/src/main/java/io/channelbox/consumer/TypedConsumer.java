package io.channelbox.consumer;

import io.channelbox.channel.Channel;
import io.channelbox.codec.Incoming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that reads as a table of what it answers:
 *
 * <pre>{@code
 * @Override
 * protected void handlers(Handlers<ClientMessage> on) {
 *     on.answer(Ping.class, ping -> new Pong());
 *     on.on(Say.class, this::say);
 * }
 * }</pre>
 *
 * <p>A type that is handled twice, or not at all, is an error where the consumer is mounted.
 *
 * @param <M> what all inbound messages have in common: most often a sealed interface, whose records carry a
 *     {@link io.channelbox.message.TypeName}
 */
public abstract class TypedConsumer<M> extends ChannelConsumer<M> {

    private @Nullable Handlers<M> table; // made at the first message: most connections only listen

    /** For subclasses. */
    protected TypedConsumer() {}

    /** Registers the handlers. Called at most once per connection, and once when the consumer is mounted: it must do nothing else. */
    protected abstract void handlers(Handlers<M> on);

    @Override
    protected final void onReceive(Channel me, M message) {
        throw new IllegalStateException("messages of a TypedConsumer go to its handlers");
    }

    @Override
    Object dispatch(Channel me, Frame frame, Incoming<M> incoming) {
        M message = incoming.message();
        return table().handle(message)
                .orElseThrow(() -> new IllegalStateException(getClass().getName() + " has no handler for "
                        + message.getClass().getName() + ": was it mounted without a check?"));
    }

    @Override
    Object dispatchEvent(Channel me, Object event) {
        Optional<Object> handled = table().handleEvent(event);
        return handled.isPresent() ? handled.get() : super.dispatchEvent(me, event);
    }

    private Handlers<M> table() {
        Handlers<M> made = table;
        if (made == null) {
            made = new Handlers<>(false);
            handlers(made);
            table = made;
        }
        return made;
    }

    @Override
    ConsumerDescription describe() {
        Handlers<M> checked = new Handlers<>(true);
        handlers(checked);
        checked.refuseFaults(getClass(), expected());
        return super.describe().sending(checked.sent());
    }

    private Collection<Class<?>> expected() {
        return codec() instanceof TypedJsonCodec<?> typed
                ? typed.types().byName().values()
                : List.of();
    }
}
