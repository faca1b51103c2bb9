package io.channelbox.examples.room;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.message.PeerException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is online, {@code /presence}. Everyone is told when somebody's first device comes, when somebody says that they are
 * away, and when somebody's last device has gone; who comes is told how many users are here, themselves included.
 */
final class PresenceConsumer extends ChannelConsumer<PresenceConsumer.Request> {

    record Request(@Nullable String type, @Nullable String status) {}

    private static final Set<String> STATUSES = Set.of("online", "away", "busy", "offline");

    private final Arrivals arrivals;
    private boolean arrived;

    PresenceConsumer(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    protected void onConnect(Channel me) {
        everyone().join(me);
        ChatFrame.Status online = statusOf(me, "online");
        arrivals.arrive(everyone(), me.user(), () -> everyone().broadcast(online), () -> me.send(online));
        arrived = true;
        me.send(new ChatFrame.Users(
                everyone().members().stream().map(Channel::user).distinct().count()));
    }

    @Override
    protected void onReceive(Channel me, Request request) {
        if (request.type() == null) {
            throw PeerException.invalid("'type' is missing");
        }
        if (!request.type().equals("status")) {
            return; // clients of this dialect may send other frames here, which mean nothing
        }
        if (request.status() == null || !STATUSES.contains(request.status())) {
            throw PeerException.invalid("'status' must be online, away, busy or offline");
        }
        everyone().broadcast(statusOf(me, request.status()));
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) {
        if (arrived) {
            arrivals.depart(everyone(), me.user(), () -> everyone().broadcast(statusOf(me, "offline")));
        }
    }

    private Group everyone() {
        return group("presence");
    }

    private ChatFrame.Status statusOf(Channel me, String status) {
        return new ChatFrame.Status(me.user().name(), status, box().clock().instant());
    }
}
