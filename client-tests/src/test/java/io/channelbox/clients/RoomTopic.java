package io.channelbox.clients;

import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;

/** What everybody says is said to everybody, with a number that is the sender's. */
final class RoomTopic extends Topic<RoomTopic.Request> {

    sealed interface Request {}

    @TypeName("say")
    record Say(String text) implements Request {}

    @TypeName("roll")
    record Roll() implements Request {}

    @TypeName("said")
    record Said(String user, String text) {}

    @TypeName("rolled")
    record Rolled(int eyes) {}

    @Override
    protected void handlers(Handlers<Request> on) {
        on.on(Say.class, this::say);
        on.answer(Roll.class, roll -> new Rolled(6));
    }

    private void say(Say say) {
        if (say.text().isBlank()) {
            throw PeerException.invalid("'text' is empty");
        }
        if (say.text().equals("poison")) {
            throw new IllegalStateException("what the handler cannot take");
        }
        broadcast(new Said(user().name(), say.text()));
    }
}
