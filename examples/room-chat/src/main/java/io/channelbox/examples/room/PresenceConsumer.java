package io.channelbox.examples.room;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.message.PeerException;
import org.jspecify.annotations.Nullable;

/**
 * Who is online, {@code /presence}. Everyone is told when somebody's first device comes, when somebody says how they are, in
 * words of their own such as {@code away}, and when somebody's last device has gone; who comes is told how many users are here, themselves included.
 */
final class PresenceConsumer extends ChannelConsumer<PresenceConsumer.Request> {

    record Request(@Nullable String type, @Nullable String status) {}

    private static final int LONGEST = 40;

    private final Arrivals arrivals;
    private final RoomPresence presence;
    private boolean arrived;

    PresenceConsumer(Arrivals arrivals, RoomPresence presence) {
        this.arrivals = arrivals;
        this.presence = presence;
    }

    @Override
    protected void onConnect(Channel me) {
        everyone().join(me);
        ChatFrame.Status online = statusOf(me, "online");
        arrivals.arrive(everyone(), me.user(), () -> everyone().broadcast(online), () -> me.send(online));
        arrived = true;
        presence.enter(me, everyone().name());
        me.send(new ChatFrame.Users(presence.namesIn(everyone().name()).size()));
    }

    @Override
    protected void onReceive(Channel me, Request request) {
        if (!"status".equals(request.type())) {
            return; // clients of this dialect may send other frames here, which mean nothing
        }
        everyone().broadcast(statusOf(me, checked(request.status())));
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) {
        if (arrived) {
            arrivals.depart(everyone(), me.user(), () -> everyone().broadcast(statusOf(me, "offline")));
        }
    }

    private static String checked(@Nullable String status) {
        if (status == null
                || status.isBlank()
                || status.codePointCount(0, status.length()) > LONGEST
                || status.chars().anyMatch(Character::isISOControl)) {
            throw PeerException.invalid(
                    "'status' has 1 to " + LONGEST + " characters, none of them a control character");
        }
        return status;
    }

    private Group everyone() {
        return group("presence");
    }

    private ChatFrame.Status statusOf(Channel me, String status) {
        return new ChatFrame.Status(me.user().name(), status, box().clock().instant());
    }
}
