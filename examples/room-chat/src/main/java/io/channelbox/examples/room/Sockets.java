package io.channelbox.examples.room;

import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.JsonHeartbeat;
import io.channelbox.consumer.TopicHub;
import io.channelbox.consumer.Topics;
import io.channelbox.history.Retention;
import io.channelbox.presence.Presence;

/** Every way into the chat, and what they share. */
final class Sockets {

    // So much that who was away for a while gets all of it; who comes anew is told the newest.
    private static final Retention ROOM = Retention.DEFAULT.withCount(20_000).withBytes(16 << 20);

    private final Arrivals arrivals;
    private final PrivateMail mail;
    private final RoomPresence presence;
    private final Topics topics;

    Sockets(ChannelBox box, Directory directory) {
        var elsewhere = new Elsewhere(box);
        arrivals = new Arrivals(elsewhere);
        mail = new PrivateMail(box, directory, elsewhere);
        Presence here = Presence.in(box).build();
        presence = new RoomPresence(box, here, elsewhere);
        topics = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
                .topic(RoomTopic.PATTERN, () -> new RoomTopic(arrivals, presence))
                .topic(MailTopic.PATTERN, () -> new MailTopic(mail))
                .presence(here)
                .receipts();
    }

    /** Says what is kept of which groups, what is spoken here and at other programs, and who hears of every connection before its consumer does. */
    static ChannelBox.Builder settings(ChannelBox.Builder box, Directory directory) {
        return box.groups(RoomConsumer.KIND, GroupSettings.DEFAULT.retaining(ROOM))
                .groups(
                        PrivateMail.KIND,
                        GroupSettings.DEFAULT.retaining(Retention.DEFAULT.withCount(PrivateMail.KEPT)))
                .groups(PrivateMail.LETTERS, GroupSettings.DEFAULT.retaining(PrivateMail.WAITING))
                .groups(Directory.KIND, GroupSettings.DEFAULT.retaining(Directory.RETENTION))
                .codecs(RoomConsumer.JSON, ChatConsumer.JSON, DirectConsumer.JSON)
                .intercept(directory)
                .intercept(JsonHeartbeat.typed("heartbeat", "heartbeat_ack"));
    }

    /** The page's: rooms and private messages as topics of one connection. */
    TopicHub topics() {
        return topics.hub().get();
    }

    /** A room over one socket. */
    ChannelConsumer<?> room() {
        return new RoomConsumer(arrivals, mail, presence);
    }

    /** A room, where presence and private messages have sockets of their own. */
    ChannelConsumer<?> chat() {
        return new ChatConsumer(arrivals, presence);
    }

    /** Who is online. */
    ChannelConsumer<?> presence() {
        return new PresenceConsumer(arrivals, presence);
    }

    /** Private messages. */
    ChannelConsumer<?> direct() {
        return new DirectConsumer(mail);
    }
}
