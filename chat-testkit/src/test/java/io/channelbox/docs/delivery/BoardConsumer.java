package io.channelbox.docs.delivery;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.TypeName;

final class BoardConsumer extends TypedConsumer<BoardConsumer.Spoken> {

    sealed interface Spoken {}

    @TypeName("say")
    record Say(String text) implements Spoken {}

    @TypeName("mood")
    record Mood(String mood) implements Spoken {}

    @TypeName("typing")
    record Typing() implements Spoken {}

    @Override
    protected void onConnect(Channel me) {
        join("board");
    }

    @Override
    protected void handlers(Handlers<Spoken> on) {
        on.on(Say.class, say -> broadcast("board", say));
        on.on(Mood.class, mood -> broadcast("board", mood, latest("mood")));
        on.on(Typing.class, typing -> broadcast("board", typing, PublishOptions.DEFAULT.asEphemeral()));
    }

    private PublishOptions latest(String what) {
        return PublishOptions.DEFAULT.asState(what + " of " + channel().user().name());
    }
}
