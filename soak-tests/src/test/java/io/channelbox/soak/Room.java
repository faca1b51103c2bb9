package io.channelbox.soak;

import io.channelbox.broker.PublishOptions;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;

/** A room where what is said is kept, and from which somebody can be told something alone. */
final class Room extends Topic<Room.Word> {

    sealed interface Word {}

    /** Each has a number of its own. */
    @TypeName("say")
    record Say(long number, String text) implements Word {}

    @TypeName("whisper")
    record Whisper(long number, String to) implements Word {}

    @TypeName("said")
    record Said(long number, String text) {}

    @TypeName("whispered")
    record Whispered(long number) {}

    @Override
    protected void handlers(Handlers<Word> on) {
        on.answer(Say.class, say -> broadcast(new Said(say.number(), say.text()), options()));
        on.on(Whisper.class, whisper -> box().sendToUser(new UserId(whisper.to()), new Whispered(whisper.number())));
    }

    private static PublishOptions options() {
        return PublishOptions.DEFAULT.savingHistory();
    }
}
