package io.channelbox.testkit;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import java.util.Optional;

/** A room of typed messages, in a style that differs from the default in everything. */
class TypedRoom extends TypedConsumer<TypedRoom.Command> {

    static final JsonStyle STYLE =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);
    private static final TypedJsonCodec<Command> CODEC = TypedJsonCodec.of(Command.class, STYLE);

    sealed interface Command {}

    @TypeName("say")
    record Say(String plainText) implements Command {}

    @TypeName("ping")
    record Ping() implements Command {}

    @TypeName("count")
    record Count(int upTo) implements Command {}

    @TypeName("crash")
    record Crash() implements Command {}

    sealed interface Told {}

    @TypeName("said")
    record Said(String saidBy, String plainText, Optional<String> language) implements Told {}

    @TypeName("pong")
    record Pong() implements Told {}

    @TypeName("counted")
    record Counted(int number, boolean last) implements Told {}

    static Said said(String by, String text) {
        return new Said(by, text, Optional.empty());
    }

    @Override
    protected Codec<Command> codec() {
        return CODEC;
    }

    @Override
    protected void onConnect(Channel me) {
        join("typed");
    }

    @Override
    protected void handlers(Handlers<Command> on) {
        on.answer(Say.class, this::say)
                .answer(Ping.class, ping -> new Pong())
                .on(Count.class, this::count)
                .on(Crash.class, crash -> {
                    throw new IllegalStateException("out of order");
                });
    }

    private BroadcastResult say(Say say) {
        if (say.plainText().isBlank()) {
            throw PeerException.invalid("say something");
        }
        return broadcast(
                "typed",
                said(channel().user().name(), say.plainText()),
                PublishOptions.DEFAULT.markedAsSaidBy(channel()));
    }

    private void count(Count count) {
        for (int i = 1; i <= count.upTo(); i++) {
            channel().send(new Counted(i, i == count.upTo()));
        }
    }
}
