package io.channelbox.redis;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.broker.Cluster.Health;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.ConsumerSession;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;
import io.channelbox.presence.PresenceMember;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One chat server of several over Redis, with threads of its own and peers in this JVM. */
final class ChatNode implements AutoCloseable {

    static final JsonStyle STYLE = JsonStyle.DEFAULT.payloadIn("payload");
    static final String LOBBY = "room:lobby";
    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String text) {}

    static final class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(say.text()), SAVED));
        }
    }

    private static final Topics ROOMS = Topics.in(STYLE).topic("room:{id}", Room::new);

    /** Returns how what is said in rooms is written. */
    static String format() {
        return ROOMS.codec().format();
    }

    private final RedisChat broker;
    private final ChannelBox box;
    private final Presence presence;
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private Supplier<? extends ChannelConsumer<?>> hub;

    private ChatNode(RedisChat broker, UnaryOperator<ChannelBox.Builder> settings) {
        this.broker = broker;
        this.box = settings.apply(ChannelBox.builder().historyCodec(ROOMS.codec()))
                .broker(broker)
                .build();
        this.presence = Presence.in(box)
                .grace(Duration.ofSeconds(1))
                .onChange(change -> {
                    change.joins().forEach(member -> changes.add("+" + member.id()));
                    change.leaves().forEach(member -> changes.add("-" + member.id()));
                })
                .build();
        this.hub = Topics.in(STYLE)
                .topic("room:{id}", Room::new)
                .presence(presence)
                .hub();
    }

    static ChatNode on(String uri, String prefix) {
        return on(RedisChat.builder(uri).prefix(prefix));
    }

    static ChatNode on(RedisChat.Builder redis) {
        return on(redis, box -> box);
    }

    static ChatNode on(RedisChat.Builder redis, UnaryOperator<ChannelBox.Builder> settings) {
        return new ChatNode(redis.connect(), settings);
    }

    /** Speaks of these topics from now on. */
    ChatNode speaking(Supplier<? extends ChannelConsumer<?>> topics) {
        hub = topics;
        return this;
    }

    RedisChat broker() {
        return broker;
    }

    ChannelBox box() {
        return box;
    }

    Group lobby() {
        return box.group(LOBBY);
    }

    /** Says something in the lobby, as the application, or throws. */
    void say(String text) {
        lobby().broadcast(new Said(text), SAVED);
    }

    Health health() {
        return box.cluster().orElseThrow().health();
    }

    /** Returns who came to the lobby and left it, as this node has told. */
    List<String> changes() {
        return changes;
    }

    /** Returns who is in the lobby. */
    List<String> here() {
        return presence.members(lobby().name()).stream()
                .map(PresenceMember::id)
                .map(Object::toString)
                .sorted()
                .toList();
    }

    /** Connects somebody, who may be refused. */
    ChatPeer connect(String name) {
        var peer = new ChatPeer();
        AuthResult result = box.admission(AuthResult.accept(User.named(name)));
        if (result instanceof AuthResult.Accepted accepted) {
            Handshake handshake = Handshake.at("/topics").build();
            peer.opened(ConsumerSession.open(box, hub.get(), peer, handshake, accepted, ConsumerOptions.DEFAULT));
            return peer;
        }
        throw new Refused((AuthResult.Rejected) result);
    }

    /** Connects somebody who is in the lobby then, and seen there. */
    ChatPeer enter(String name) {
        ChatPeer peer = connect(name);
        peer.subscribe(LOBBY, "{\"last\":0}");
        peer.await("presence_state");
        return peer;
    }

    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        Refused(AuthResult.Rejected rejected) {
            super(rejected.toString());
        }
    }

    @Override
    public void close() {
        box.close(Duration.ZERO);
    }
}
