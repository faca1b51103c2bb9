package io.channelbox.readme;

import io.channelbox.auth.User;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.TopicError;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;

final class RoomTopic extends Topic<RoomTopic.Request> { // a new one for each subscription

    sealed interface Request {}

    @TypeName("post")
    record Post(String body) implements Request {}

    @TypeName("room_event")
    record RoomEvent(String body, String author) {}

    @Override
    protected void authorize(User user) {
        if (param("id").equals("staff") && !user.roles().contains("staff")) {
            throw new PeerException(TopicError.UNAUTHORIZED, "staff only");
        }
    }

    @Override
    protected void handlers(Handlers<Request> on) {
        on.answer(Post.class, post -> broadcast(new RoomEvent(post.body(), user().name())));
        on.sends(RoomEvent.class);
    }

    @Override
    protected void onUnsubscribe() {
        box().group(name()).broadcast(new RoomEvent("left", user().name())); // whatever they may do now
    }
}
