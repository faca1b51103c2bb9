package io.channelbox.examples.room;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.message.GroupName;
import io.channelbox.presence.Presence;
import java.util.List;

/**
 * Who is in a room, and who is writing something there, as {@link Presence} knows it: pages are told by the library, the original
 * clients in their own frames.
 */
final class RoomPresence {

    private static final String KIND = "typing";

    private final ChannelBox box;
    private final Presence presence;
    private final Elsewhere elsewhere;

    RoomPresence(ChannelBox box, Presence presence, Elsewhere elsewhere) {
        this.box = box;
        this.presence = presence;
        this.elsewhere = elsewhere;
    }

    /** A channel, which is no page, has come to this room, or to the group of all who are online. */
    void enter(Channel channel, GroupName room) {
        presence.trackUntold(room, channel);
    }

    /** Returns the names of who is in this room, each once. */
    List<String> namesIn(GroupName room) {
        return elsewhere.namesIn(box.group(room)).toList();
    }

    /** From now on a channel in this room is told with {@link RoomFrame.Typing} who is writing something. */
    void tellOfTyping(Channel channel, GroupName room) {
        box.group(framesOf(room)).join(channel);
    }

    /** The user of this channel begins to write something in a room, goes on, or has given up. */
    void typing(Channel channel, GroupName room, boolean typing) {
        if (typing) {
            presence.typing().started(room, channel);
        } else {
            presence.typing().stopped(room, channel);
        }
        box.group(framesOf(room)).broadcast(new RoomFrame.Typing(channel.user().name(), typing));
    }

    private static GroupName framesOf(GroupName room) {
        return GroupName.of(KIND, room.id());
    }
}
