package io.channelbox.docs.presence;

import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;

final class RoomTopic extends Topic<RoomTopic.Say> {

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String user, String text) {}

    static Topics in(Presence presence) {
        return Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
                .topic("room:{id}", RoomTopic::new)
                .presence(presence);
    }

    @Override
    protected void handlers(Handlers<Say> on) {
        on.answer(Say.class, say -> broadcast(new Said(user().name(), say.text())));
    }
}
