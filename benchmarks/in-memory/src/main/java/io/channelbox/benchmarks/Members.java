package io.channelbox.benchmarks;

import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.channel.Opening;
import io.channelbox.channel.OutboxLimits;
import io.channelbox.channel.OverflowPolicy;
import io.channelbox.codec.TextCodec;

/** Plain channels without consumers, on connections that take everything at once. */
final class Members {

    private Members() {}

    /** Returns a box in which nothing is swept while something is measured. */
    static ChannelBox box() {
        return box(OutboxLimits.DEFAULT);
    }

    /** Returns such a box, whose channels live on when too much waits for them. */
    static ChannelBox boxDropping() {
        return box(OutboxLimits.DEFAULT.withPolicy(OverflowPolicy.DROP_NEWEST));
    }

    private static ChannelBox box(OutboxLimits limits) {
        return ChannelBox.builder()
                .executor(Runnable::run)
                .scheduler((period, task) -> () -> {})
                .outbox(limits)
                .build();
    }

    /** Returns a channel that gets what is said in groups, and nothing that is said to its user. */
    static Channel enter(ChannelBox box, String user) {
        return box.open(
                new Sink(), Opening.of(User.named(user), TextCodec.PLAIN).joiningInboxLater());
    }

    static void fill(Group group, ChannelBox box, int size) {
        for (int i = 0; i < size; i++) {
            group.join(enter(box, "user" + i));
        }
    }

    /** Lets everybody go first, so that the box has nothing to wait for. */
    static void close(ChannelBox box) {
        box.channels().forEach(channel -> channel.ended(CloseStatus.NORMAL));
        box.close();
    }
}
