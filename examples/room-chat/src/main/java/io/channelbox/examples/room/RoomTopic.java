package io.channelbox.examples.room;

import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.message.TypeName;
import java.time.Instant;

/**
 * A room as a topic, {@code room:{id}}: the page's way in. It is the same room as that of the original clients: what one says
 * the other reads, each in its own words.
 */
final class RoomTopic extends Topic<RoomTopic.Request> {

    static final String PATTERN = RoomConsumer.KIND + ":{id}";

    /** What the page sends, besides what the library answers by itself. */
    sealed interface Request {

        /** Says something to everyone in the room. */
        @TypeName("say")
        record Say(String content) implements Request {}

        /** Somebody begins to write something, or goes on, or has given up. */
        @TypeName("typing")
        record Typing(boolean typing) implements Request {}
    }

    private final Arrivals arrivals;
    private final RoomPresence presence;

    RoomTopic(Arrivals arrivals, RoomPresence presence) {
        this.arrivals = arrivals;
        this.presence = presence;
    }

    @Override
    protected void handlers(Handlers<Request> on) {
        on.answer(Request.Say.class, this::say);
        on.on(Request.Typing.class, request -> presence.typing(channel(), group().name(), request.typing()));
        on.sends(RoomEvent.class);
    }

    @Override
    protected void onSubscribe() {
        arrivals.arrive(group(), user(), () -> broadcast(new RoomEvent.Arrived(user().name(), now())), () -> {});
    }

    @Override
    protected void onUnsubscribe() {
        arrivals.depart(group(), user(), () -> broadcast(new RoomEvent.Left(user().name(), now())));
    }

    private Object say(Request.Say said) {
        String content = MessageText.in("content", said.content());
        return broadcast(new RoomEvent.Said(user().name(), content, now()));
    }

    private Instant now() {
        return box().clock().instant();
    }
}
