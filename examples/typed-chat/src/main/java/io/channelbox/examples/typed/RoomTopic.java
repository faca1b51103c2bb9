package io.channelbox.examples.typed;

import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.examples.typed.ClientMessage.Chat;
import io.channelbox.examples.typed.ServerMessage.UserJoined;
import io.channelbox.examples.typed.ServerMessage.UserLeft;
import io.channelbox.message.TypeName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A room as a topic, so that one connection can be in many. It is the same room: what is said here is read there, and the
 * other way round. That only members may subscribe is the box's policy, which answers the same for a room that does not exist.
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

    /** The topics of all rooms. */
    static final Topics ALL =
            Topics.in(Dialect.STYLE).validatedBy(AnnotationValidator.INSTANCE).topic(PATTERN, RoomTopic::new);

    @Override
    protected void handlers(Handlers<Post> on) {
        on.answer(Post.class, post -> broadcast(new RoomEvent(post.body(), user().name())));
        on.sends(RoomEvent.class, Chat.class, UserJoined.class, UserLeft.class); // the page's words are heard here too
    }
}
