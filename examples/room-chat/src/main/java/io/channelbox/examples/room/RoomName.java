package io.channelbox.examples.room;

import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.message.GroupName;

/** Which group a room is, whose name comes from a peer's path. */
final class RoomName {

    private RoomName() {}

    /** Returns the group; what can be the name of none is no room, and closes the channel with 4404. */
    static GroupName of(String kind, String id) {
        try {
            return GroupName.of(kind, id);
        } catch (IllegalArgumentException e) {
            throw new CloseException(CloseStatus.NOT_FOUND.because("there is no such room"));
        }
    }
}
