package io.channelbox.fake;

import io.channelbox.auth.User;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Opening;
import io.channelbox.codec.Codec;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A box whose time and work are the test's. Its channels speak plain text unless they say otherwise. */
public final class TestBox {

    public final ManualTime time = new ManualTime();
    public final ManualExecutor executor = new ManualExecutor();
    public final List<ChatEvent> events = new CopyOnWriteArrayList<>();
    public final ChannelBox box;

    public TestBox() {
        this(UnaryOperator.identity());
    }

    public TestBox(UnaryOperator<ChannelBox.Builder> settings) {
        box = settings.apply(ChannelBox.builder()
                        .clock(time)
                        .nanoTime(time::nanoTime)
                        .random(() -> 0)
                        .scheduler(time)
                        .executor(executor)
                        .listen(events::add))
                .build();
    }

    public Peer enter(String user) {
        return enter(user, TextCodec.PLAIN);
    }

    public Peer enter(String user, Codec<?> codec) {
        return enter(Opening.of(User.named(user), codec));
    }

    public Peer enter(Opening opening) {
        var connection = new RecordingConnection();
        var channel = box.open(connection, opening);
        connection.tell(channel);
        return new Peer(channel, connection);
    }

    /** Opens a channel and makes it a member. */
    public Peer enter(String user, String group) {
        Peer peer = enter(user);
        box.group(group).join(peer.channel());
        return peer;
    }

    /** Returns the events of one kind so far. */
    public <E extends ChatEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
