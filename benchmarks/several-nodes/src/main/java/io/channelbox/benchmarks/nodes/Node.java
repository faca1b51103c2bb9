package io.channelbox.benchmarks.nodes;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.channel.GroupSettings;
import io.channelbox.channel.Opening;
import io.channelbox.codec.TextCodec;
import io.channelbox.history.Retention;
import io.channelbox.message.StreamPosition;
import io.channelbox.redis.RedisChat;
import java.time.Duration;

/** One box with everything a node has, but for a container. */
final class Node implements AutoCloseable {

    private final ChannelBox box;

    private Node(ChannelBox box) {
        this.box = box;
    }

    static Node on(LocalRedis redis) {
        return keeping(redis, Retention.DEFAULT, Duration.ofSeconds(5));
    }

    /** A node whose groups keep this, and are heard for so long after the last member. */
    static Node keeping(LocalRedis redis, Retention retention, Duration linger) {
        return new Node(ChannelBox.builder()
                .broker(RedisChat.builder(redis.uri()).linger(linger).connect())
                .groups("room", GroupSettings.DEFAULT.retaining(retention))
                .build());
    }

    ChannelBox box() {
        return box;
    }

    /** Opens a channel that gets what is said in groups, and has no inbox. */
    Channel enter(String user, Connection connection) {
        return box.open(
                connection, Opening.of(User.named(user), TextCodec.PLAIN).joiningInboxLater());
    }

    Channel enterWithInbox(String user, Connection connection) {
        return box.open(connection, Opening.of(User.named(user), TextCodec.PLAIN));
    }

    static String room(int number) {
        return "room:" + number;
    }

    StreamPosition save(String room, String text) {
        return box.group(room)
                .broadcast(text, PublishOptions.DEFAULT.savingHistory())
                .position()
                .orElseThrow();
    }

    /** Lets everybody go first, so that the box has nothing to wait for. */
    @Override
    public void close() {
        box.channels().forEach(channel -> channel.ended(CloseStatus.NORMAL));
        box.close();
    }
}
