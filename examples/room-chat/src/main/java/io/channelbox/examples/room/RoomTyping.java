package io.channelbox.examples.room;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.message.GroupName;

/** Who is writing something in a room, told to each kind of client in its own way. */
final class RoomTyping {

    private static final String KIND = "typing";

    private final ChannelBox box;

    RoomTyping(ChannelBox box) {
        this.box = box;
    }

    /** From now on a channel in this room is told with {@link RoomFrame.Typing}. */
    void tell(Channel channel, GroupName room) {
        box.group(framesOf(room)).join(channel);
    }

    /** The user of this channel begins to write something in a room, goes on, or has given up. */
    void by(Channel channel, GroupName room, boolean typing) {
        box.group(framesOf(room)).broadcast(new RoomFrame.Typing(channel.user().name(), typing));
    }

    private static GroupName framesOf(GroupName room) {
        return GroupName.of(KIND, room.id());
    }
}
