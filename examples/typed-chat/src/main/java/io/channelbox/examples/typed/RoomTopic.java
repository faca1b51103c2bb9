package io.channelbox.examples.typed;

import static io.channelbox.consumer.TopicError.UNKNOWN_TOPIC;

import io.channelbox.auth.User;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A room as a topic, so that one connection can be in many. It is the same room: what is said here is read there, and the
 * other way round. That only members may subscribe is the box's policy.
 */
final class RoomTopic extends Topic<RoomTopic.Post> {

    static final String PATTERN = Room.KIND + ":{id}";

    /** Says something. Who said it is known, whatever else the peer writes. */
    @TypeName("post")
    record Post(
            @NotBlank @Size(max = ClientMessage.LONGEST_TEXT)
            String body) {}

    /** Something was said. */
    @TypeName("room_event")
    record RoomEvent(String body, String author) {}

    private final Rooms rooms;

    RoomTopic(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Returns the topics of all rooms. */
    static Topics of(Rooms rooms) {
        return Topics.in(Dialect.STYLE)
                .validatedBy(AnnotationValidator.INSTANCE)
                .topic(PATTERN, () -> new RoomTopic(rooms));
    }

    @Override
    protected void handlers(Handlers<Post> on) {
        on.answer(Post.class, post -> broadcast(new RoomEvent(post.body(), user().name())));
        on.sends(RoomEvent.class);
    }

    @Override
    protected void authorize(User user) {
        if (rooms.find(param("id")).isEmpty()) {
            throw new PeerException(UNKNOWN_TOPIC, "there is no such room");
        }
    }
}
