package io.channelbox.benchmarks;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.GroupSettings;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;
import java.util.ArrayDeque;

/** A box with rooms as topics and presence, whose work runs when {@link #settle} is called. */
final class Rooms implements AutoCloseable {

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String user, String text) {}

    private static final class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(user().name(), say.text())));
        }
    }

    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final ChannelBox box;
    private final Topics topics;

    private Rooms(HistoryStore history, boolean tracked) {
        this.box = ChannelBox.builder()
                .executor(work::add)
                .scheduler((period, task) -> () -> {}) // nothing is swept while something is measured
                .history(history)
                .groups("room", GroupSettings.DEFAULT.retaining(Retention.DEFAULT.withCount(1_000)))
                .build();
        Topics plain = Topics.in(JsonStyle.DEFAULT.payloadIn("payload")).topic("room:{id}", Room::new);
        this.topics = tracked ? plain.presence(Presence.in(box).build()) : plain;
    }

    static Rooms keptIn(HistoryStore history) {
        return new Rooms(history, false);
    }

    static Rooms trackedAndKeptIn(HistoryStore history) {
        return new Rooms(history, true);
    }

    ChannelBox box() {
        return box;
    }

    ConsumerSession connect(String user, Sink sink) {
        return ConsumerSession.open(
                box,
                topics.hub().get(),
                sink,
                Handshake.at("/ws/topics").query("user", user).build(),
                User.named(user),
                ConsumerOptions.DEFAULT);
    }

    /** Says something of about 100 bytes, which is kept, and returns where. */
    StreamPosition say(String room, String text) {
        return box.group(room)
                .broadcast(new Said("ann", text), PublishOptions.DEFAULT.savingHistory())
                .position()
                .orElseThrow();
    }

    static Frame subscribe(String room, String payload) {
        return Frame.text(
                "{\"topic\":\"" + room + "\",\"ref\":\"1\",\"type\":\"subscribe\",\"payload\":" + payload + "}");
    }

    static Frame unsubscribe(String room) {
        return Frame.text("{\"topic\":\"" + room + "\",\"ref\":\"2\",\"type\":\"unsubscribe\"}");
    }

    static String after(StreamPosition position) {
        return "{\"position\":{\"epoch\":\"" + position.epoch() + "\",\"offset\":" + position.offset() + "}}";
    }

    void settle() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    /** Lets everybody go first, so that the box has nothing to wait for. */
    @Override
    public void close() {
        box.channels().forEach(channel -> channel.ended(CloseStatus.NORMAL));
        settle();
        box.close();
    }
}
