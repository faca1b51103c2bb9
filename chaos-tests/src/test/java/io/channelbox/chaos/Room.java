package io.channelbox.chaos;

import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.message.TypeName;

/** A room where everything that is said is kept. */
final class Room extends Topic<Room.Say> {

    static final String PATTERN = "room:{id}";

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String text) {}

    @Override
    protected void handlers(Handlers<Say> on) {
        on.on(Say.class, say -> broadcast(new Said(say.text())));
    }
}
