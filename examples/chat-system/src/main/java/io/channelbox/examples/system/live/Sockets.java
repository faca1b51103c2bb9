package io.channelbox.examples.system.live;

import io.channelbox.conversation.ConversationId;
import io.channelbox.message.GroupName;

/** The groups that there are besides those of conversations and inboxes. */
final class Sockets {

    /** In which everybody is who is connected, as a topic too. */
    static final GroupName PEOPLE = GroupName.of("people");

    private Sockets() {}

    /** Returns the group of those who listen to a conversation in the words of the original, for what topics tell in words of their own. */
    static GroupName of(ConversationId id) {
        return GroupName.of("socket", id.toString());
    }
}
